using System.Globalization;
using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>Turns the text or the JSON of a parameter into a value. Independent of the machine's culture and time zone.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public abstract class ParameterParser<T>
{
    /// <summary>Whether several texts make one value.</summary>
    public virtual bool IsCollection => false;

    /// <summary>All texts that are accepted, as help and completion show them; empty when there are too many.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>What a value is, as people would say it: <c>a number such as 0.5</c>.</summary>
    internal abstract string Expected { get; }

    /// <summary>A value as it is written in JSON.</summary>
    internal abstract string Example { get; }

    /// <summary>The tokens of JSON that can be a value.</summary>
    internal virtual JsonTokens Tokens => JsonTokens.Text;

    /// <summary>Whether text is JSON, which may hold commas.</summary>
    internal virtual bool IsJson => false;

    /// <summary>Whether values are secrets, which nobody may see.</summary>
    internal virtual bool IsSecret => false;

    /// <summary>Turns one text into a value.</summary>
    /// <exception cref="FormatException">The text does not fit; the message is the end of a sentence, such as "is not a whole number".</exception>
    public abstract T Parse(string text);

    /// <summary>Turns all texts that were given into one value.</summary>
    /// <exception cref="FormatException">A text does not fit, or there are too many.</exception>
    public virtual T Parse(IReadOnlyList<string> texts) => texts.Count == 1
        ? Parse(texts[0])
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"takes one value and was given {texts.Count}"));

    /// <summary>Reads one value of JSON; the reader stands on its first token and then on its last.</summary>
    /// <exception cref="JsonInputException">It does not fit.</exception>
    internal virtual T Read(ref Utf8JsonReader json)
    {
        if (!JsonInput.Takes(Tokens, json)) throw JsonInput.Unexpected(json, Expected);
        var text = JsonInput.Text(json);
        try
        {
            return Parse(text);
        }
        catch (FormatException e)
        {
            throw new JsonInputException(json.TokenStartIndex, $"{JsonInput.Found(json)} {e.Message}");
        }
    }
}
