using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A value or <c>null</c>.</summary>
internal sealed class JsonNullable(JsonShape value) : JsonShape
{
    internal override string Expected => value.Expected + " or null";

    internal override JsonShape? Item => value.Item;

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (json.TokenType == JsonTokenType.Null) writer.WriteNil();
        else value.Write(ref json, ref writer);
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) => value.WriteText(text, ref writer);

    internal override string Example(int depth) => depth > 0 ? value.Example(depth) : "null";
}
