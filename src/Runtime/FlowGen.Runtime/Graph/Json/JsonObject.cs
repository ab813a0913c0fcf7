using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>An object: its members by name, in any order.</summary>
/// <param name="type">Its type as people see it.</param>
/// <param name="members">In the order of the encoding.</param>
/// <param name="isIndexed">Whether the encoding is an array with every member at its own index.</param>
internal sealed class JsonObject(string type, JsonMember[] members, bool isIndexed) : JsonShape
{
    internal override string Expected => "an object of " + type;

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw JsonInput.Unexpected(json, Expected);
        var start = json.TokenStartIndex;
        var values = new ReadOnlyMemory<byte>?[members.Length];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var position = Find(json);
            if (values[position] is not null) throw new JsonInputException(json.TokenStartIndex, $"'{members[position].Name}' is given twice");
            json.Read();
            values[position] = Encode(ref json, members[position]);
        }

        for (var i = 0; i < members.Length; i++)
        {
            if (values[i] is null && !members[i].IsOptional)
                throw new JsonInputException(start, $"'{members[i].Name}' is missing; expected {members[i].Shape.Expected}");
        }

        if (isIndexed) WriteIndexed(ref writer, values, start);
        else WriteNamed(ref writer, values);
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) => WriteJsonText(text, ref writer);

    internal override string Example(int depth) => $"{{{string.Join(", ", members.Select(member => $"\"{member.Name}\": {member.Shape.Example(depth)}"))}}}";

    /// <summary>The exact name wins: members may differ in case alone.</summary>
    private int Find(in Utf8JsonReader json)
    {
        var name = JsonInput.Text(json);
        var position = Array.FindIndex(members, member => member.Key == name || member.Name == name);
        if (position < 0) position = Array.FindIndex(members, member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (position >= 0) return position;
        var names = members.Select(member => member.Name).ToList();
        var hint = NearMiss.Of(name, names) is { } near ? $"did you mean '{near}'?" : names.Count == 0 ? "it has none" : "it has " + string.Join(", ", names);
        throw new JsonInputException(json.TokenStartIndex, $"{type} has no member '{name}'; {hint}");
    }

    private static ReadOnlyMemory<byte> Encode(ref Utf8JsonReader json, JsonMember member)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        try
        {
            member.Shape.Write(ref json, ref writer);
        }
        catch (JsonInputException e) when (e.AtMember(member.Name))
        {
            throw;
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteNamed(ref MessagePackWriter writer, ReadOnlyMemory<byte>?[] values)
    {
        writer.WriteMapHeader(values.Count(value => value is not null));
        for (var i = 0; i < members.Length; i++)
        {
            if (values[i] is not { } value) continue;
            writer.Write(members[i].Key);
            writer.WriteRaw(value.Span);
        }
    }

    /// <summary>What is missing at the end is left out; what is missing before can only be null, or it would have to be known here what it is by default.</summary>
    private void WriteIndexed(ref MessagePackWriter writer, ReadOnlyMemory<byte>?[] values, long start)
    {
        var last = Array.FindLastIndex(values, value => value is not null);
        writer.WriteArrayHeader(last < 0 ? 0 : members[last].Index + 1);
        for (int i = 0, index = 0; i <= last; i++, index++)
        {
            for (; index < members[i].Index; index++) writer.WriteNil();
            if (values[i] is { } value) writer.WriteRaw(value.Span);
            else if (members[i].Shape is JsonNullable) writer.WriteNil();
            else throw new JsonInputException(start, $"'{members[i].Name}' is missing before '{members[last].Name}'; expected {members[i].Shape.Expected}");
        }
    }
}
