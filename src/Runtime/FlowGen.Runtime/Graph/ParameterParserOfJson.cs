using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Values given as JSON: turned into the encoding that their codec reads.</summary>
internal sealed class ParameterParserOfJson<T, TCodec>(JsonShape shape) : ParameterParser<T> where TCodec : struct, ICodec<T>
{
    private const int ShownDepth = 3;

    public override bool IsCollection => shape.Item is not null;

    internal override string Expected => shape.Expected;

    internal override string Example => shape.Example(ShownDepth);

    internal override bool IsJson => shape.Item is not { IsScalar: true };

    public override T Parse(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        shape.WriteText(text, ref writer);
        writer.Flush();
        return Decode(buffer, 0);
    }

    /// <remarks>A list is one text of JSON, or its items, each as a text of its own.</remarks>
    public override T Parse(IReadOnlyList<string> texts)
    {
        if (shape.Item is not { } item || ParameterParserOfArray.IsJsonList(texts)) return base.Parse(texts);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(texts.Count);
        foreach (var text in texts) item.WriteText(text, ref writer);
        writer.Flush();
        return Decode(buffer, 0);
    }

    internal override T Read(ref Utf8JsonReader json)
    {
        var start = json.TokenStartIndex;
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        shape.Write(ref json, ref writer);
        writer.Flush();
        return Decode(buffer, start);
    }

    /// <summary>Constructors of the user's types may refuse what they get, and so may sets and dictionaries.</summary>
    private static T Decode(ArrayBufferWriter<byte> buffer, long start)
    {
        try
        {
            return Codec.Decode<T, TCodec>(new ReadOnlySequence<byte>(buffer.WrittenMemory));
        }
        catch (ArtifactFormatException e)
        {
            throw new JsonInputException(start, $"is no {TypeNames.Of(typeof(T))}: {(e.InnerException ?? e).Message.TrimEnd('.')}");
        }
    }
}
