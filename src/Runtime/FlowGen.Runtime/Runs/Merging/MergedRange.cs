using System.Globalization;

namespace FlowGen.Runs;

/// <summary>Slots that are stored once more, together, in one object.</summary>
/// <param name="Span">How many slots it may have at most. Before version 4 a number of a level: 1 for 256, 2 for 65,536.</param>
/// <param name="First">The first slot.</param>
/// <param name="Last">The last slot.</param>
internal readonly record struct MergedRange(int Span, int First, int Last)
{
    private const int Digits = 10;

    public static string Prefix(RunKey run) => run.Prefix + "merged/";

    public static string Prefix(RunKey run, int span) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(run)}{span}/");

    /// <summary>A key after which all objects of a span come whose first slot is this one or a later one.</summary>
    public static string Before(RunKey run, int span, int first) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(run, span)}{first:d10}");

    public string Key(RunKey run) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(run)}{Span}/{First:d10}-{Last:d10}");

    /// <summary>Reads a key; <c>null</c> if it is none of a merged object.</summary>
    public static MergedRange? Parse(RunKey run, string key)
    {
        var name = key.AsSpan(Math.Min(Prefix(run).Length, key.Length));
        var slash = name.IndexOf('/');
        if (slash < 0 || Number(name[..slash]) is not { } span || !IsSpan(span)) return null;
        name = name[(slash + 1)..];
        return name.Length == Digits * 2 + 1 && name[Digits] == '-' && Number(name[..Digits]) is { } first && Number(name[(Digits + 1)..]) is { } last && first <= last ? new MergedRange(span, first, last) : null;
    }

    public static bool IsSpan(int span) => span is 1 or 2 || MergePlan.Spans.Contains(span);

    private static int? Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
