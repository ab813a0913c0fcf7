using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A value of one of several types: an object with one member, named like the type.</summary>
/// <param name="type">The type of all of them, as people see it.</param>
/// <param name="members">The types.</param>
/// <param name="isNumbered">Whether the encoding has numbers instead of names.</param>
internal sealed class JsonUnion(string type, JsonMember[] members, bool isNumbered) : JsonShape
{
    internal override string Expected => $"an object with one of {string.Join(", ", members.Select(member => member.Key))}";

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw JsonInput.Unexpected(json, Expected);
        json.Read();
        if (json.TokenType != JsonTokenType.PropertyName) throw new JsonInputException(json.TokenStartIndex, $"expected {Expected}, found none");
        var member = Find(json);
        if (isNumbered) UnionCodec.WriteNumber(ref writer, member.Index);
        else UnionCodec.WriteName(ref writer, System.Text.Encoding.UTF8.GetBytes(member.Key));
        json.Read();
        try
        {
            member.Shape.Write(ref json, ref writer);
        }
        catch (JsonInputException e) when (e.AtMember(member.Key))
        {
            throw;
        }

        json.Read();
        if (json.TokenType != JsonTokenType.EndObject) throw new JsonInputException(json.TokenStartIndex, $"expected {Expected}, found '{JsonInput.Text(json)}' too");
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) => WriteJsonText(text, ref writer);

    internal override string Example(int depth) => $"{{\"{members[0].Key}\": {members[0].Shape.Example(depth)}}}";

    private JsonMember Find(in Utf8JsonReader json)
    {
        var name = JsonInput.Text(json);
        if (Array.Find(members, member => member.Key == name) is { } exact) return exact;
        if (Array.Find(members, member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
        var names = members.Select(member => member.Key).ToList();
        throw new JsonInputException(json.TokenStartIndex, $"'{name}' is no {type}; {(NearMiss.Of(name, names) is { } near ? $"did you mean '{near}'?" : "it has " + string.Join(", ", names))}");
    }
}
