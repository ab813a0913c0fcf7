using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Items one after the other.</summary>
internal sealed class JsonList(JsonShape item) : JsonShape
{
    internal override string Expected => "a list";

    internal override JsonShape Item => item;

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw JsonInput.Unexpected(json, Expected);
        var items = new ArrayBufferWriter<byte>();
        var inner = new MessagePackWriter(items);
        var count = 0;
        try
        {
            for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++) item.Write(ref json, ref inner);
        }
        catch (JsonInputException e) when (e.AtIndex(count))
        {
            throw;
        }

        inner.Flush();
        writer.WriteArrayHeader(count);
        writer.WriteRaw(items.WrittenSpan);
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) => WriteJsonText(text, ref writer);

    internal override string Example(int depth) => $"[{item.Example(depth)}]";
}
