using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowGen;

/// <summary>Durations as people write and read them: <c>90s</c>, <c>1h30m</c>, <c>250 ms</c>.</summary>
internal static partial class Duration
{
    /// <summary>Takes <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>2d</c>, or <c>[d.]hh:mm[:ss[.fff]]</c>.</summary>
    /// <exception cref="FormatException">It is neither; the message is the end of a sentence.</exception>
    public static TimeSpan Parse(string text)
    {
        var match = Units().Match(text);
        try
        {
            if (match.Success && text.Length > 0)
            {
                return TimeSpan.FromDays(Part(match, 1)) + TimeSpan.FromHours(Part(match, 2)) + TimeSpan.FromMinutes(Part(match, 3))
                    + TimeSpan.FromSeconds(Part(match, 4)) + TimeSpan.FromMilliseconds(Part(match, 5));
            }
        }
        catch (OverflowException)
        {
            throw new FormatException("is longer than any duration that can be represented");
        }

        // A bare number would be a count of days.
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value)) return value;
        throw new FormatException("is not a duration such as 90s, 1h30m or 01:30:00");
    }

    /// <summary>Two units at most, or fractions of one: <c>3 ms</c>, <c>1.24 s</c>, <c>2 m 05 s</c>, <c>1 h 30 m</c>, <c>3 d 4 h</c>.</summary>
    public static string Show(TimeSpan value) => value switch
    {
        { Ticks: < 0 } => "0 ms",
        { TotalMilliseconds: < 999.5 } => Invariant($"{Math.Round(value.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 9.995 } => Invariant($"{value.TotalSeconds:0.00} s"),
        { TotalSeconds: < 59.95 } => Invariant($"{value.TotalSeconds:0.0} s"),
        _ when value.Ticks % TimeSpan.TicksPerSecond != 0 => Show(TimeSpan.FromSeconds(Math.Round(value.TotalSeconds))),
        { TotalHours: < 1 } => Invariant($"{value.Minutes} m {value.Seconds:00} s"),
        { TotalDays: < 1 } => Invariant($"{value.Hours} h {value.Minutes:00} m"),
        _ => Invariant($"{value.Days} d {value.Hours} h"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Part(Match match, int group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m(?!s))?(?:([0-9]+(?:\.[0-9]+)?)s)?(?:([0-9]+)ms)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Units();
}
