using System.Globalization;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The state of a run as text: a line a step, and what failed.</summary>
internal static class StatusText
{
    private const int ShownFailures = 10;

    public static void Write(TextWriter output, RunState state)
    {
        var manifest = state.Manifest;
        var took = state.Duration is { } duration ? " in " + Duration.Show(duration) : "";
        output.WriteLine($"Run {manifest.Run}: {StatusNames.Of(state.Status)}{took}");
        output.WriteLine($"  started {manifest.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC by {Printable.Line(manifest.User)} on {Printable.Line(manifest.Host)}");
        if (manifest.Origin is { } origin) output.WriteLine($"  resumes {origin}");
        if (!manifest.Tags.IsEmpty) output.WriteLine("  tags    " + Printable.Line(string.Join(", ", manifest.Tags)));
        if (state.Reason is { } reason) output.WriteLine("  reason  " + Printable.Line(reason));

        output.WriteLine();
        var table = new TextTable();
        for (var step = 0; step < manifest.Graph.Steps.Length; step++) table.Add(manifest.Graph.Steps[step].Name, Describe(state, step));
        table.WriteTo(output, "  ");

        var failed = state.Tasks.Where(task => task.Status == FlowTaskStatus.Failed).ToList();
        if (failed.Count == 0) return;
        output.WriteLine();
        foreach (var task in failed.Take(ShownFailures))
        {
            var attempts = task.Attempts > 1 ? $" after {task.Attempts} attempts" : "";
            output.WriteLine($"{state.NameOf(task.Address)} failed{attempts}: {(task.Error is { } error ? RunView.Describe(error) : "no error was recorded")}");
        }

        if (failed.Count > ShownFailures) output.WriteLine($"... and {Numbers.Show(failed.Count - ShownFailures)} more failed; --json lists them all.");
    }

    private static string Describe(RunState state, int step)
    {
        if (!state.IsExpanded(step)) return "waits for its collection";
        var tasks = state.TasksOf(step).ToList();
        if (tasks is [{ Address.Index: < 0 } only]) return Describe(state, only);
        if (tasks.Count == 0) return "no items";
        var counts = tasks.GroupBy(task => task.Status).OrderBy(group => group.Key).Select(group => $"{Numbers.Show(group.Count())} {StatusNames.Of(group.Key)}");
        return $"{(tasks.Count == 1 ? "1 task" : Numbers.Show(tasks.Count) + " tasks")}: {string.Join(", ", counts)}";
    }

    private static string Describe(RunState state, TaskState task)
    {
        var took = task.Duration is { } duration ? " in " + Duration.Show(duration) : "";
        var cause = task.BlockedBy is { } by ? " by " + state.NameOf(by) : "";
        return StatusNames.Of(task.Status) + cause + (task.Status == FlowTaskStatus.Reused ? "" : took);
    }
}
