using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen;

/// <summary>Shows any stored encoding as plain JSON, without knowing its type.</summary>
/// <remarks>
/// Maps with text keys become objects, others arrays of pairs; blocks become arrays of numbers; bytes become base64 text; NaN and infinities become text.
/// Unless everything is asked for, long collections and texts end with what was left out, such as <c>"… 990 more"</c>.
/// </remarks>
internal static class MessagePackJson
{
    private const int ShownItems = 10, ShownMembers = 100, ShownCharacters = 4096, ShownBytes = 48, MaxDepth = 500;

    /// <summary>Writes one value.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not one MessagePack value.</exception>
    public static void Write(Utf8JsonWriter json, in ReadOnlySequence<byte> content, bool full = false)
    {
        var reader = new MessagePackReader(content);
        try
        {
            WriteValue(json, ref reader, full);
            if (!reader.End) throw new ArtifactFormatException("There are bytes after the end of the value.");
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new ArtifactFormatException("The bytes are not a MessagePack value: " + e.Message, e);
        }
    }

    internal static void WriteValue(Utf8JsonWriter json, ref MessagePackReader reader, bool full)
    {
        if (reader.Depth >= MaxDepth)
        {
            ObjectCodec.Skip(ref reader);
            json.WriteStringValue("…");
            return;
        }

        reader.Depth++;
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil: reader.ReadNil(); json.WriteNullValue(); break;
            case MessagePackType.Boolean: json.WriteBooleanValue(reader.ReadBoolean()); break;
            case MessagePackType.Integer when IsNegative(reader.NextCode): json.WriteNumberValue(reader.ReadInt64()); break;
            case MessagePackType.Integer: json.WriteNumberValue(reader.ReadUInt64()); break;
            case MessagePackType.Float when reader.NextCode == MessagePackCode.Float32: JsonNumbers.Write(json, reader.ReadSingle()); break;
            case MessagePackType.Float: JsonNumbers.Write(json, reader.ReadDouble()); break;
            case MessagePackType.String: json.WriteStringValue(Shorten(Text.Read(ref reader), full)); break;
            case MessagePackType.Binary: WriteBytes(json, reader.ReadBytes().GetValueOrDefault(), full); break;
            case MessagePackType.Array: WriteArray(json, ref reader, full); break;
            case MessagePackType.Map: WriteMap(json, ref reader, full); break;
            case MessagePackType.Extension: WriteExtension(json, ref reader, full); break;
            default: throw new ArtifactFormatException($"The code 0x{reader.NextCode:x2} is not MessagePack.");
        }

        reader.Depth--;
    }

    private static void WriteArray(Utf8JsonWriter json, ref MessagePackReader reader, bool full)
    {
        if (Table.IsNext(in reader) && TableJson.IsTable(reader))
        {
            TableJson.Write(json, ref reader, full ? int.MaxValue : ShownItems, full);
            return;
        }

        var count = reader.ReadArrayHeader();
        json.WriteStartArray();
        var shown = full ? count : Math.Min(count, ShownItems);
        for (var i = 0; i < shown; i++) WriteValue(json, ref reader, full);
        for (var i = shown; i < count; i++) ObjectCodec.Skip(ref reader);
        if (shown < count) json.WriteStringValue(More(count - shown));
        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, ref MessagePackReader reader, bool full)
    {
        var count = reader.ReadMapHeader();
        var shown = full ? count : Math.Min(count, ShownMembers);
        var isObject = count == 0 || reader.NextMessagePackType == MessagePackType.String;
        if (isObject) json.WriteStartObject();
        else json.WriteStartArray();
        for (var i = 0; i < shown; i++) WriteEntry(json, ref reader, isObject, full);
        for (var i = shown; i < count; i++)
        {
            ObjectCodec.Skip(ref reader);
            ObjectCodec.Skip(ref reader);
        }

        if (shown < count && isObject) json.WriteString("…", More(count - shown));
        else if (shown < count) json.WriteStringValue(More(count - shown));
        if (isObject) json.WriteEndObject();
        else json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, ref MessagePackReader reader, bool isObject, bool full)
    {
        if (!isObject)
        {
            json.WriteStartArray();
            WriteValue(json, ref reader, full);
            WriteValue(json, ref reader, full);
            json.WriteEndArray();
            return;
        }

        json.WritePropertyName(Shorten(Text.Read(ref reader), full));
        WriteValue(json, ref reader, full);
    }

    private static void WriteExtension(Utf8JsonWriter json, ref MessagePackReader reader, bool full)
    {
        var header = reader.ReadExtensionFormatHeader();
        if (header.TypeCode == ReservedMessagePackExtensionTypeCode.DateTime)
        {
            json.WriteStringValue(reader.ReadDateTime(header).ToString("O", CultureInfo.InvariantCulture));
            return;
        }

        var bytes = reader.ReadRaw(header.Length);
        if (BlobCodec.TryParse(header.TypeCode, bytes) is var (length, hash))
        {
            json.WriteStartObject();
            json.WriteString("blob", hash.ToString());
            json.WriteNumber("length", length);
            json.WriteEndObject();
            return;
        }

        if (JsonNumbers.ForCode(header.TypeCode) is { } numbers)
        {
            json.WriteStartArray();
            var left = numbers(json, bytes, full ? long.MaxValue : ShownItems);
            if (left > 0) json.WriteStringValue(More(left));
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("extension", header.TypeCode);
        json.WritePropertyName("bytes");
        WriteBytes(json, bytes, full);
        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySequence<byte> bytes, bool full)
    {
        if (full || bytes.Length <= ShownBytes) json.WriteBase64StringValue(bytes.ToArray());
        else json.WriteStringValue($"{Convert.ToBase64String(bytes.Slice(0, ShownBytes).ToArray())}… {bytes.Length - ShownBytes} more bytes");
    }

    internal static string Shorten(string text, bool full)
    {
        if (full || text.Length <= ShownCharacters) return text;
        var shown = char.IsHighSurrogate(text[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, shown)}… {text.Length - shown} more characters");
    }

    internal static string More(long count) => string.Create(CultureInfo.InvariantCulture, $"… {count} more");

    private static bool IsNegative(byte code) =>
        code is >= MessagePackCode.MinNegativeFixInt or MessagePackCode.Int8 or MessagePackCode.Int16 or MessagePackCode.Int32 or MessagePackCode.Int64;
}
