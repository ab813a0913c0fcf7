#nullable enable
using System.Globalization;
using System.Text;
using FlowGen;

/// <summary>A decision with three values.</summary>
public enum Choice { A, B, C }

/// <summary>A value with parts.</summary>
public sealed record Point(long X, string Label);

/// <summary>What the steps of random flows compute: everything follows from a hash of the step's name and of all it was given.</summary>
public static class Mix
{
    /// <summary>Hash of a step's name and its inputs as text (FNV-1a, 64 bits).</summary>
    public static long Of(string step, IEnumerable<string> inputs)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in string.Join("|", inputs.Prepend(step))) hash = (hash ^ character) * 1099511628211UL;
        hash ^= hash >> 29;
        return (long)(hash * 0xBF58476D1CE4E5B9UL >> 1);
    }

    /// <summary>A value as it goes into the hash.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        long[] numbers => "[" + string.Join(",", numbers) + "]",
        List<string> words => "[" + string.Join(",", words) + "]",
        Blob blob => "blob " + Encoding.UTF8.GetString(blob.ReadAllBytesAsync().GetAwaiter().GetResult()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>A list as it goes into the hash.</summary>
    public static string List(IEnumerable<string> items) => "(" + string.Join(";", items) + ")";

    /// <summary>Writes to a value that can be changed: nobody else may notice.</summary>
    public static void Spoil(object? value)
    {
        if (value is long[] numbers) Array.Fill(numbers, -1);
        else if (value is List<string> words) words.Clear();
    }

    /// <summary>Whether a task with this hash fails, of steps of which about every <paramref name="every"/>th does.</summary>
    public static bool Fails(long hash, int every) => every > 0 && (hash >> 13) % every == 0;

    /// <summary>While it is not 0, about every so many tasks fail that would not otherwise: what a resume finds mended.</summary>
    public static int Trouble { get; set; }

    /// <summary>Whether a task with this hash fails now.</summary>
    public static bool IsTroubled(long hash) => Trouble > 0 && (hash >> 17) % Trouble == 0;

    /// <summary>Whether there is no value, where there need not be one.</summary>
    public static bool IsNull(long hash) => (hash >> 9) % 3 == 0;

    /// <summary>Whether a value is one that must not be, where that can be.</summary>
    public static bool IsBad(long hash) => (hash >> 11) % 4 == 0;

    public static long Number(long hash) => hash % 1000;

    public static long[] Numbers(long hash) => Enumerable.Range(0, (int)(hash % 4)).Select(i => hash / (i + 7) % 100).ToArray();

    public static List<string> Words(long hash) => Enumerable.Range(0, (int)(hash % 3)).Select(i => Letter(hash / (i + 5))).ToList();

    public static bool Flag(long hash) => (hash >> 5) % 2 == 0;

    public static Choice Choice(long hash) => (Choice)((hash >> 3) % 3);

    public static int Digit(long hash) => (int)((hash >> 7) % 4);

    public static string Letter(long hash) => new[] { "x", "y", "z" }[(hash >> 4) % 3];

    public static Blob Blob(long hash) => FlowGen.Blob.FromBytes(Encoding.UTF8.GetBytes("content " + hash));

    public static Point Point(long hash) => new Point(Number(hash), Letter(hash));

    /// <summary>The predicate of every loop, of the carried value and a parameter as text.</summary>
    public static bool Goes(string value, string parameter) => Of(value, new[] { parameter }) % 3 != 0;
}
