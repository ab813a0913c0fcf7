using System.Globalization;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The state of a run as text: a line a step, and what failed.</summary>
internal static class StatusText
{
    public static void Write(TextWriter output, RunOverview run)
    {
        var (manifest, summary) = (run.Summary.Manifest, run.Summary);
        var took = summary.Duration is { } duration ? " in " + Duration.Show(duration) : "";
        output.WriteLine($"Run {manifest.Run}: {StatusNames.Of(summary.Status)}{took}");
        output.WriteLine($"  started {manifest.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC by {Printable.Line(manifest.User)} on {Printable.Line(manifest.Host)}");
        if (manifest.Origin is { } origin) output.WriteLine($"  resumes {origin}");
        if (!manifest.Tags.IsEmpty) output.WriteLine("  tags    " + Printable.Line(string.Join(", ", manifest.Tags)));
        if (run.Engine is { } engine) output.WriteLine("  engine  " + Printable.Line(engine));
        if (summary.Reason is { } reason) output.WriteLine("  reason  " + Printable.Line(reason));

        output.WriteLine();
        var table = new TextTable();
        var position = 0;
        foreach (var (name, step) in manifest.Graph.AllSteps())
        {
            // A sub-flow that was never opened has nothing to tell.
            var isInner = name != step.Name;
            if (!isInner) table.Add(name, Describe(run, position, manifest.Graph.Steps.IndexOf(step)));
            else if (run.Totals[position].Sum() > 0) table.Add(name, Counts(run, position, step));
            position++;
        }

        table.WriteTo(output, "  ");

        var count = run.Totals.Sum(step => step[(int)FlowTaskStatus.Failed]);
        if (count == 0) return;
        output.WriteLine();
        var failed = run.Shown.Where(task => task.Error is not null).ToList();
        foreach (var task in failed)
        {
            var attempts = task.Attempts > 1 ? $" after {task.Attempts} attempts" : "";
            var tolerated = run.Summary.Manifest.Graph.IsContained(task.Address) ? " (tolerated)" : "";
            output.WriteLine($"{NameOf(run, task.Address)} failed{attempts}{tolerated}: {RunView.Describe(task.Error!)}");
        }

        if (count > failed.Count) output.WriteLine($"... and {Numbers.Show(count - failed.Count)} more failed; --json lists them all.");
    }

    private static string Describe(RunOverview run, int position, int step)
    {
        if (!run.Expanded[position] && run.Totals[position].Sum() == 0) return "waits for its collection";
        var definition = run.Summary.Manifest.Graph.Steps[step];
        if (definition.Scope.IsEmpty) return Describe(run, run.Shown.First(task => task.Address.Outer is null && task.Address.Step == step));
        return run.Totals[position].Sum() == 0 ? "no items" : Counts(run, position, definition);
    }

    private static string Counts(RunOverview run, int position, GraphStep step)
    {
        var tasks = run.Totals[position].Sum();
        var counts = run.Totals[position].Select((count, status) => (count, status)).Where(c => c.count > 0).Select(c => $"{Numbers.Show(c.count)} {StatusNames.Of((FlowTaskStatus)c.status)}");
        var soFar = run.Expanded[position] ? "" : " so far";
        var tolerated = step.Contained && run.Totals[position][(int)FlowTaskStatus.Failed] > 0 ? " (tolerated)" : "";
        return $"{(tasks == 1 ? "1 task" : Numbers.Show(tasks) + " tasks")}{soFar}: {string.Join(", ", counts)}{tolerated}";
    }

    private static string Describe(RunOverview run, TaskState task)
    {
        var took = task.Duration is { } duration ? " in " + Duration.Show(duration) : "";
        var cause = task.BlockedBy is { } by ? " by " + NameOf(run, by) : task.Skipped is { } reason ? " because " + run.Summary.Manifest.Graph.Describe(task.Address, reason) : "";
        var iterations = task.Address.Iteration < 0 || task.Status == FlowTaskStatus.Pending ? "" : task.HasSucceeded ? $" after {Iterations(task.Address.Iteration + 1)}" : $" in iteration {task.Address.Iteration}";
        return StatusNames.Of(task.Status) + cause + iterations + (task.Status == FlowTaskStatus.Reused || iterations.Length > 0 ? "" : took);
    }

    private static string Iterations(int count) => count == 1 ? "1 iteration" : $"{Numbers.Show(count)} iterations";

    private static string NameOf(RunOverview run, TaskAddress task) => run.Summary.Manifest.Graph.NameOf(task);
}
