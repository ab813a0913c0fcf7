using System.Text;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What has changed between two snapshots, in the form that <c>git apply</c> takes.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The paths that are not the same in both.</summary>
    public static IEnumerable<string> Changed(SourceSnapshot before, SourceSnapshot after) =>
        from path in before.Files.Concat(after.Files).Select(file => file.Path).Distinct().Order(StringComparer.Ordinal)
        where before.Find(path) is not { } a || after.Find(path) is not { } b || !a.AsSpan().SequenceEqual(b)
        select path;

    /// <summary>Writes the difference of one file.</summary>
    public static void Write(TextWriter output, string path, SourceSnapshot before, SourceSnapshot after)
    {
        var (a, b) = (before.Find(path), after.Find(path));
        var (isOld, isNew) = (a is not null, b is not null);
        output.WriteLine($"diff --git a/{path} b/{path}");
        if (!isOld) output.WriteLine("new file mode 100644");
        if (!isNew) output.WriteLine("deleted file mode 100644");
        if (IsBinary(a) || IsBinary(b))
        {
            output.WriteLine($"Binary files {(isOld ? "a/" + path : "/dev/null")} and {(isNew ? "b/" + path : "/dev/null")} differ");
            return;
        }

        output.WriteLine(isOld ? "--- a/" + path : "--- /dev/null");
        output.WriteLine(isNew ? "+++ b/" + path : "+++ /dev/null");
        WriteHunks(output, LineDiff.Of(Lines(a), Lines(b)));
    }

    private static void WriteHunks(TextWriter output, List<(char Kind, string Line)> lines)
    {
        var (oldLine, newLine) = (1, 1);
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].Kind == ' ')
            {
                (at, oldLine, newLine) = (at + 1, oldLine + 1, newLine + 1);
                continue;
            }

            // A hunk goes on until more lines in a row are kept than both ends show.
            var start = Math.Max(0, at - Context);
            var (end, kept) = (at, 0);
            for (var i = at; i < lines.Count && kept <= 2 * Context; i++)
            {
                kept = lines[i].Kind == ' ' ? kept + 1 : 0;
                if (kept == 0) end = i + 1;
            }

            end = Math.Min(lines.Count, end + Context);
            var hunk = lines[start..end];
            var (olds, news) = (hunk.Count(line => line.Kind != '+'), hunk.Count(line => line.Kind != '-'));
            var (oldStart, newStart) = (oldLine - (at - start), newLine - (at - start));
            output.WriteLine($"@@ -{Range(oldStart, olds)} +{Range(newStart, news)} @@");
            foreach (var (kind, line) in hunk)
            {
                output.Write(kind);
                if (line.EndsWith('\n')) output.Write(line);
                else output.Write(line + "\n\\ No newline at end of file\n");
            }

            (oldLine, newLine, at) = (oldStart + olds, newStart + news, end);
        }
    }

    private static string Range(int start, int count) => count == 1 ? $"{start}" : $"{(count == 0 ? start - 1 : start)},{count}";

    private static bool IsBinary(ReadOnlySpan<byte> content) => content.Contains((byte)0);

    /// <summary>Lines with their ends.</summary>
    private static List<string> Lines(byte[]? content)
    {
        var text = Encoding.UTF8.GetString(content ?? []);
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
