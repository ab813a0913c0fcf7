using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowGen.Generator.Parsing;

/// <summary>Durations as people write them: <c>500ms</c>, <c>10s</c>, <c>1h30m</c>.</summary>
internal static class Durations
{
    private static readonly Regex Format = new(@"\A(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?\z");
    private static readonly double[] Milliseconds = [86_400_000, 3_600_000, 60_000, 1000, 1];

    /// <summary>The duration; <c>null</c> if the text is none, is zero, or is more than 24 days (what a timer can wait).</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || Format.Match(text) is not { Success: true } match) return null;
        var total = 0.0;
        for (var i = 0; i < Milliseconds.Length; i++)
            if (match.Groups[i + 1].Success) total += Milliseconds[i] * int.Parse(match.Groups[i + 1].Value, CultureInfo.InvariantCulture);
        return total is > 0 and <= int.MaxValue ? TimeSpan.FromMilliseconds(total) : null;
    }
}
