using System.Text;
using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>Reads one value of JSON; the reader stands on its first token and then on its last.</summary>
internal delegate T JsonRead<out T>(ref Utf8JsonReader json);

/// <summary>JSON as people write it: comments and commas at the end are welcome.</summary>
internal static class JsonInput
{
    private const int ShownCharacters = 40;

    /// <summary>Deeper than any object that may be stored.</summary>
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> utf8) => new(utf8, Options);

    /// <summary>Reads a text that is one value.</summary>
    /// <exception cref="JsonInputException">It is no JSON, or does not fit.</exception>
    public static T Parse<T>(string text, JsonRead<T> read)
    {
        var json = Reader(Encoding.UTF8.GetBytes(text));
        try
        {
            json.Read();
            var value = read(ref json);
            json.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw new JsonInputException(e.BytePositionInLine ?? 0, "is not JSON: " + Reason(e));
        }
    }

    public static bool Takes(JsonTokens tokens, in Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => tokens.HasFlag(JsonTokens.Text) || (tokens.HasFlag(JsonTokens.NotFinite) && Text(json) is "NaN" or "Infinity" or "-Infinity"),
        JsonTokenType.Number => tokens.HasFlag(JsonTokens.Number),
        JsonTokenType.True or JsonTokenType.False => tokens.HasFlag(JsonTokens.Boolean),
        _ => false,
    };

    /// <summary>A simple value as the text that parsers take.</summary>
    public static string Text(in Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) return Encoding.UTF8.GetString(json.ValueSpan);
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonInputException(json.TokenStartIndex, "is text with half a character, a surrogate without the other");
        }
    }

    public static JsonInputException Unexpected(in Utf8JsonReader json, string expected) => new(json.TokenStartIndex, $"expected {expected}, found {Found(json)}");

    /// <summary>The current token as people see it.</summary>
    public static string Found(in Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text \"{Short(Text(json))}\"",
        _ => Short(Encoding.UTF8.GetString(json.ValueSpan)),
    };

    /// <summary>What the reader says, without the position, which is told in another way.</summary>
    public static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0].TrimEnd('.');

    private static string Short(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
}
