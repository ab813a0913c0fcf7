using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A dictionary: an object if its keys are simple, else a list of pairs. The latter is taken for any, as it is what values with keys that are no texts are shown as.</summary>
internal sealed class JsonMap(JsonShape key, JsonShape value) : JsonShape
{
    private readonly JsonTuple _pair = new([key, value]);

    internal override string Expected => key.IsScalar ? "an object" : "a list of pairs";

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        var isPairs = json.TokenType == JsonTokenType.StartArray;
        if (!isPairs && !(key.IsScalar && json.TokenType == JsonTokenType.StartObject)) throw JsonInput.Unexpected(json, Expected);
        var entries = new ArrayBufferWriter<byte>();
        var inner = new MessagePackWriter(entries);
        var count = 0;
        for (; json.Read() && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray); count++)
        {
            if (isPairs) WritePair(ref json, ref inner, count);
            else WriteEntry(ref json, ref inner);
        }

        inner.Flush();
        writer.WriteMapHeader(count);
        writer.WriteRaw(entries.WrittenSpan);
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) => WriteJsonText(text, ref writer);

    internal override string Example(int depth)
    {
        if (!key.IsScalar) return $"[[{key.Example(depth)}, {value.Example(depth)}]]";
        var name = key.Example(depth);
        return $"{{{(name.StartsWith('"') ? name : $"\"{name}\"")}: {value.Example(depth)}}}";
    }

    private void WriteEntry(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        var name = JsonInput.Text(json);
        try
        {
            key.WriteText(name, ref writer);
        }
        catch (FormatException e) when (e is not JsonInputException)
        {
            throw new JsonInputException(json.TokenStartIndex, $"the key \"{name}\" {e.Message}");
        }

        json.Read();
        try
        {
            value.Write(ref json, ref writer);
        }
        catch (JsonInputException e) when (e.AtMember(name))
        {
            throw;
        }
    }

    private void WritePair(ref Utf8JsonReader json, ref MessagePackWriter writer, int index)
    {
        try
        {
            _pair.WriteItems(ref json, ref writer);
        }
        catch (JsonInputException e) when (e.AtIndex(index))
        {
            throw;
        }
    }
}
