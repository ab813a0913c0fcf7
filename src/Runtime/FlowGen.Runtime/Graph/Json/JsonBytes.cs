using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Bytes as base64, the way they are shown, or as a list of numbers.</summary>
internal sealed class JsonBytes : JsonShape
{
    private static readonly JsonList Numbers = new(new JsonScalar<byte, ByteCodec>(ParameterParsers.Parsable<byte>()));

    internal override string Expected => "bytes in base64";

    internal override void Write(ref Utf8JsonReader json, ref MessagePackWriter writer)
    {
        if (json.TokenType == JsonTokenType.StartArray) Numbers.Write(ref json, ref writer);
        else if (json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var bytes)) writer.Write(bytes);
        else throw JsonInput.Unexpected(json, Expected);
    }

    internal override void WriteText(string text, ref MessagePackWriter writer) =>
        WriteJsonText(text.StartsWith('[') ? text : $"\"{JsonEncodedText.Encode(text)}\"", ref writer);

    internal override string Example(int depth) => "\"AQID\"";
}
