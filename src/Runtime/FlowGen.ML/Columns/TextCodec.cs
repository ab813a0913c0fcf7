using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.ML.Columns;

/// <summary>Text of ML.NET, as UTF-8.</summary>
internal readonly struct TextCodec : ICodec<ReadOnlyMemory<char>>
{
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<char> value) => StringCodec.Write(ref writer, value.ToString());

    public static ReadOnlyMemory<char> Read(ref MessagePackReader reader) => StringCodec.Read(ref reader).AsMemory();
}
