using System.Globalization;

namespace FlowGen.CommandLine;

/// <summary>What was typed after a verb, taken apart but not yet understood.</summary>
/// <param name="positional">Arguments that belong to no option.</param>
/// <param name="options">Values by option; a switch has none, and <c>null</c> stands for what was reported as a mistake.</param>
internal sealed class VerbArguments(IReadOnlyList<string> positional, IReadOnlyDictionary<string, IReadOnlyList<string>?> options)
{
    public static VerbArguments None { get; } = new([], new Dictionary<string, IReadOnlyList<string>?>());

    public IReadOnlyList<string> Positional { get; } = positional;

    public bool Has(string option) => options.ContainsKey(option);

    public IReadOnlyList<string>? Texts(string option) => options.GetValueOrDefault(option);

    public string? Text(string option) => options.TryGetValue(option, out var texts) ? texts?[^1] : null;

    /// <summary>A whole number of at least 1.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public int? Count(string option)
    {
        if (Text(option) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new UsageException("FG1003", $"Option {option}: '{text}' is not a whole number of at least 1.");
    }

    /// <summary>A duration that is not negative.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public TimeSpan? Duration(string option)
    {
        if (Text(option) is not { } text) return null;
        try
        {
            return FlowGen.Duration.Parse(text) is { Ticks: >= 0 } value ? value : throw new FormatException("is negative");
        }
        catch (FormatException e)
        {
            throw new UsageException("FG1003", $"Option {option}: '{text}' {e.Message}.");
        }
    }
}
