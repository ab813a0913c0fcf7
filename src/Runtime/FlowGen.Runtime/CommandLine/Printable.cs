using System.Globalization;
using System.Text;

namespace FlowGen.CommandLine;

/// <summary>Makes text that was read from a store safe to print: nothing in it can move the cursor, recolour the screen or reorder what is shown (H13).</summary>
internal static class Printable
{
    /// <summary>The text without control and direction-changing characters; line breaks become spaces.</summary>
    public static string Line(string text) => Clean(text, keepLines: false);

    /// <summary>The text without control and direction-changing characters, but for line breaks and tabs.</summary>
    public static string Lines(string text) => Clean(text, keepLines: true);

    /// <summary>The line, cut to a length.</summary>
    public static string Line(string text, int length)
    {
        var line = Line(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, Math.Max(length - 1, 0)), "…");
    }

    private static string Clean(string text, bool keepLines)
    {
        var first = 0;
        while (first < text.Length && !IsUnsafe(text[first])) first++;
        if (first == text.Length) return text;

        var result = new StringBuilder(text.Length).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' or '\t' && keepLines) result.Append(c);
            else if (c is '\n' or '\t') result.Append(' ');
            else if (c == '\u001b' && i + 1 < text.Length && text[i + 1] == '[') i = EndOfSequence(text, i + 2);
            else if (!IsUnsafe(c)) result.Append(c);
        }

        return result.ToString();
    }

    // ESC [ parameters final: without the escape alone, the rest would stay behind as noise.
    private static int EndOfSequence(string text, int i)
    {
        while (i < text.Length && text[i] is >= ' ' and <= '?') i++;
        return i;
    }

    private static bool IsUnsafe(char c) => char.IsControl(c)
        || (c >= 0x80 && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
