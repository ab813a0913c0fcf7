using System.Globalization;

namespace FlowGen.Runs;

/// <summary>Slots that are stored once more, together, in one object.</summary>
/// <param name="Level">1, of up to 256 slots, or 2, of up to 65,536.</param>
/// <param name="First">The first slot.</param>
/// <param name="Last">The last slot.</param>
internal readonly record struct MergedRange(int Level, int First, int Last)
{
    private const int Digits = 10;

    public static string Prefix(RunKey run) => run.Prefix + "merged/";

    public string Key(RunKey run) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(run)}{Level}/{First:d10}-{Last:d10}");

    /// <summary>Reads a key; <c>null</c> if it is none of a merged object.</summary>
    public static MergedRange? Parse(RunKey run, string key)
    {
        var name = key.AsSpan(Math.Min(Prefix(run).Length, key.Length));
        return name.Length == Digits * 2 + 3 && name[0] is '1' or '2' && name[1] == '/' && name[2 + Digits] == '-'
            && Number(name.Slice(2, Digits)) is { } first && Number(name[(3 + Digits)..]) is { } last && first <= last ? new MergedRange(name[0] - '0', first, last) : null;
    }

    private static int? Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
