using System.Globalization;

namespace FlowGen.CompilerServices;

/// <summary>Turns the text of a parameter into a value. Independent of the machine's culture and time zone.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public abstract class ParameterParser<T>
{
    /// <summary>Whether several texts make one value.</summary>
    public virtual bool IsCollection => false;

    /// <summary>All texts that are accepted, as help and completion show them; empty when there are too many.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>Turns one text into a value.</summary>
    /// <exception cref="FormatException">The text does not fit; the message is the end of a sentence, such as "is not a whole number".</exception>
    public abstract T Parse(string text);

    /// <summary>Turns all texts that were given into one value.</summary>
    /// <exception cref="FormatException">A text does not fit, or there are too many.</exception>
    public virtual T Parse(IReadOnlyList<string> texts) => texts.Count == 1
        ? Parse(texts[0])
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"takes one value and was given {texts.Count}"));
}
