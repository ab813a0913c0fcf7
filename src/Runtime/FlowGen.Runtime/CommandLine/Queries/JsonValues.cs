using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace FlowGen.CommandLine;

/// <summary>
/// Compares JSON values as people mean it. Two texts that are both points in time or both durations are compared as such; a text is taken for a number or a truth value where the other side is one
/// (a <c>decimal</c> is stored as text); all else must be alike.
/// </summary>
internal static class JsonValues
{
    /// <summary>A value as JSON.</summary>
    public static JsonElement Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        // Copied, so that no pooled memory is kept.
        using var document = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 512 });
        return document.RootElement.Clone();
    }

    public static JsonElement Of(string text) => Of(json => json.WriteStringValue(text));

    public static JsonElement Of(double number) => Of(json => json.WriteNumberValue(number));

    public static JsonElement Null { get; } = Of(static json => json.WriteNullValue());

    public static bool AreEqual(JsonElement a, JsonElement b) =>
        Order(a, b) is { } order ? order == 0
        : a.ValueKind == b.ValueKind && (a.ValueKind is JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False || JsonElement.DeepEquals(a, b))
        || Truth(a, b) is { } same && same;

    /// <summary>Which of two values is the smaller one, or <c>null</c> if they have no order.</summary>
    public static int? Order(JsonElement a, JsonElement b)
    {
        if (a.ValueKind == JsonValueKind.Number || b.ValueKind == JsonValueKind.Number) return Number(a) is { } x && Number(b) is { } y ? x.CompareTo(y) : null;
        if (a.ValueKind != JsonValueKind.String || b.ValueKind != JsonValueKind.String) return null;
        var (left, right) = (a.GetString()!, b.GetString()!);
        if (Time(left) is { } earlier && Time(right) is { } later) return earlier.CompareTo(later);
        if (Took(left) is { } shorter && Took(right) is { } longer) return shorter.CompareTo(longer);
        return Math.Sign(string.CompareOrdinal(left, right));
    }

    /// <summary>In one short line, for a column or a message.</summary>
    public static string Show(JsonElement value, int length = 60) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String => Printable.Line(value.GetString()!, length),
        _ => Printable.Line(Compact(value), length),
    };

    /// <summary>A point in time: a date, or a date and a time, in UTC if it does not say otherwise.</summary>
    public static DateTimeOffset? Time(string text) =>
        text.Length >= 8 && char.IsAsciiDigit(text[0]) && text.Contains('-', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Compact(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonOutput.OptionsFor(isIndented: false))) value.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static bool? Truth(JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
    {
        (JsonValueKind.True or JsonValueKind.False, JsonValueKind.String) => bool.TryParse(b.GetString(), out var right) ? a.GetBoolean() == right : null,
        (JsonValueKind.String, JsonValueKind.True or JsonValueKind.False) => Truth(b, a),
        _ => null,
    };

    private static TimeSpan? Took(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] == '-')) return null;
        try
        {
            return Duration.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
