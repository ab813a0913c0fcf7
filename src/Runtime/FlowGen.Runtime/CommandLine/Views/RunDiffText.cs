using System.Buffers;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The differences of two runs as text: only what is not the same.</summary>
internal static class RunDiffText
{
    private const int ShownArtifacts = 30, ShownBytes = 4096;

    public static async Task WriteAsync(TextWriter output, RunDiff diff, Func<StoredValue, CancellationToken, ValueTask<ReadOnlySequence<byte>>> read)
    {
        output.WriteLine($"- {Title(diff.Before)}");
        output.WriteLine($"+ {Title(diff.After)}");
        Section(output, "Parameters", diff.Parameters.Select(p => new Difference(p.Name, Show(p.Before), Show(p.After))));
        Section(output, "Policies", diff.Policies);
        Section(output, "Program", diff.Program.Select(d => d.Name is "program" or "commit" ? d with { Before = Short(d.Before), After = Short(d.After) } : d));
        Section(output, "Packages", diff.Packages);
        Section(output, "Code", diff.Sources is not var (before, after) ? [] : diff.Code.Select(path => Describe(path, before, after)));
        await WriteArtifactsAsync(output, diff, read).ConfigureAwait(false);
        Section(output, "Time in steps", diff.Timings.Select(t => new Difference(t.Step, Took(t.Before), Took(t.After))));
    }

    private static string Title(RunState run) =>
        $"{run.Manifest.Run}: {StatusNames.Of(run.Status)}{(run.Duration is { } took ? " in " + Duration.Show(took) : "")}, {run.Manifest.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC";

    private static void Section(TextWriter output, string title, IEnumerable<Difference> differences)
    {
        var table = new TextTable();
        var isEmpty = true;
        foreach (var (name, before, after) in differences)
        {
            isEmpty = false;
            table.Add(Printable.Line(name), before is null ? "(none)" : Printable.Line(before), "->", after is null ? "(none)" : Printable.Line(after));
        }

        if (isEmpty) return;
        output.WriteLine();
        output.WriteLine(title + ":");
        table.WriteTo(output, "  ");
    }

    private static async Task WriteArtifactsAsync(TextWriter output, RunDiff diff, Func<StoredValue, CancellationToken, ValueTask<ReadOnlySequence<byte>>> read)
    {
        var shown = new List<Difference>();
        foreach (var difference in diff.Artifacts.Take(ShownArtifacts))
        {
            var name = difference.Task.StartsWith(difference.Name, StringComparison.Ordinal) ? difference.Task : $"{difference.Task}/{difference.Name}";
            shown.Add(new Difference(name, await ValueAsync(difference.Before).ConfigureAwait(false), await ValueAsync(difference.After).ConfigureAwait(false)));
        }

        Section(output, "Artifacts", shown);
        if (diff.Artifacts.Count > ShownArtifacts) output.WriteLine($"  ... and {Numbers.Show(diff.Artifacts.Count - ShownArtifacts)} more; --json lists them all.");
        if (diff.EqualArtifacts > 0) output.WriteLine($"{(diff.Artifacts.Count == 0 ? "\n" : "")}{(diff.EqualArtifacts == 1 ? "1 artifact is" : Numbers.Show(diff.EqualArtifacts) + " artifacts are")} the same.");

        async ValueTask<string?> ValueAsync(StoredValue? stored)
        {
            if (stored is null) return null;
            if (stored.Size > ShownBytes) return $"{Numbers.ShowBytes(stored.Size)} {stored.Hash.ToString()[..12]}";
            var content = await read(stored, CancellationToken.None).ConfigureAwait(false);
            return JsonValues.Show(JsonValues.Of(json => MessagePackJson.Write(json, content)), 50);
        }
    }

    private static Difference Describe(string path, SourceSnapshot before, SourceSnapshot after)
    {
        if (before.Find(path) is null) return new Difference(path, null, "new");
        if (after.Find(path) is null) return new Difference(path, "there", null);
        var (added, removed) = RunDiffJson.Count(path, before, after);
        return new Difference(path, $"{Numbers.Show(removed)} {(removed == 1 ? "line" : "lines")}", $"{Numbers.Show(added)} {(added == 1 ? "line" : "lines")}");
    }

    private static string? Show(System.Text.Json.JsonElement value) => value.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : JsonValues.Show(value);

    private static string? Short(string? hash) => hash is { Length: > 12 } ? hash[..12] + (hash.IndexOf(' ') is > 0 and var space ? hash[space..] : "") : hash;

    private static string? Took(TimeSpan? took) => took is { } known ? Duration.Show(known) : null;
}
