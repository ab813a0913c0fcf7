using System.Globalization;
using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A list of a fixed number of items, each of its own shape.</summary>
internal sealed class JsonTuple(JsonShape[] items) : JsonShape
{
    internal override string Expected => string.Create(CultureInfo.InvariantCulture, $"a list of {items.Length}");

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(items.Length);
        WriteItems(ref json, ref writer);
    }

    /// <summary>Writes the items without saying how many they are.</summary>
    internal void WriteItems(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw JsonInput.Unexpected(json, Expected);
        var start = json.TokenStartIndex;
        var count = 0;
        try
        {
            for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
            {
                if (count == items.Length) throw new JsonInputException(json.TokenStartIndex, "is one item too many");
                items[count].Write(ref json, ref writer);
            }
        }
        catch (JsonInputException e) when (e.AtIndex(count))
        {
            throw;
        }

        if (count < items.Length) throw new JsonInputException(start, string.Create(CultureInfo.InvariantCulture, $"expected {Expected}, found {count}"));
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) => WriteJsonText(text, ref writer);

    internal override string Example(int depth) => $"[{string.Join(", ", items.Select(item => item.Example(depth)))}]";
}
