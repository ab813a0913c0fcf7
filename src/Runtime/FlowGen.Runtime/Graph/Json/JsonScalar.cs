using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>One token, read by the parser that reads it on the command line.</summary>
internal sealed class JsonScalar<T, TCodec>(ParameterParser<T> parser) : JsonShape where TCodec : struct, ICodec<T>
{
    internal override string Expected => parser.Expected;

    internal override bool IsScalar => true;

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer) => TCodec.Write(ref writer, parser.Read(ref json));

    internal override void WriteText(string text, ref MessagePackWriter writer) => TCodec.Write(ref writer, parser.Parse(text));

    internal override string Example(int depth) => parser.Example;
}
