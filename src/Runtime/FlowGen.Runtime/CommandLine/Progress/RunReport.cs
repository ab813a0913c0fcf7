using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What is left to say when a run is over: what happened, why it failed, and what to type next.</summary>
internal static class RunReport
{
    private const int ShownFailures = 5;

    public static void Write(TextWriter output, RunView view, RunKey run, RunStatus status, string program, string store)
    {
        var tally = view.Tally;
        var tolerated = 0;
        foreach (var failure in tally.Failures.Take(ShownFailures))
        {
            // Those that nobody has to look into stand together.
            if (!failure.IsContained || tolerated++ == 0) output.WriteLine();
            output.WriteLine($"{tally.TitleOf(failure.Address)} failed{(failure.IsContained ? " (tolerated)" : "")}: {RunView.Describe(failure.Error)}");
            if (failure.IsContained) continue;
            foreach (var line in failure.Tail) output.WriteLine($"  | {Printable.Line(line)}");
        }

        var failed = tally.Steps.Sum(step => step.Failed);
        if (failed > ShownFailures) output.WriteLine($"... and {Numbers.Show(failed - ShownFailures)} more failed.");

        output.WriteLine();
        output.WriteLine($"Run {run} {StatusNames.Of(status)} in {Duration.Show(view.Elapsed)}{Tolerated(tally, status)}: {Counts(tally)}.");
        output.WriteLine($"  store  {store}");
        output.WriteLine($"  next   {program} {Next(tally, run, status)}");
    }

    private static string Counts(RunTally tally)
    {
        var ran = tally.Steps.Sum(step => step.Succeeded);
        var reused = tally.Steps.Sum(step => step.Reused);
        var failed = tally.Steps.Sum(step => step.Failed);
        var blocked = tally.Steps.Sum(step => step.Blocked);
        return $"{Tasks(ran)} done" + Part(reused, "reused") + Part(failed, "failed") + Part(blocked, "blocked") + Part(tally.Steps.Sum(step => step.Skipped), "skipped");
    }

    /// <summary>A success that is not whole says so first.</summary>
    private static string Tolerated(RunTally tally, RunStatus status)
    {
        if (status != RunStatus.Succeeded) return "";
        return string.Concat(tally.Steps.Where(step => step.Failed > 0).Select(step => step.Total == 1 ? $", {step.Name} failed" : $", {Numbers.Show(step.Failed)} of {Numbers.Show(step.Total ?? step.Failed)} {step.Name} tasks failed"));
    }

    private static string Next(RunTally tally, RunKey run, RunStatus status) => status switch
    {
        RunStatus.Succeeded => $"dump {run.Short}",
        RunStatus.Failed when tally.Failures is [var first, ..] => $"logs {run.Short} --task {TaskName.ForShell(tally.NameOf(first.Address))}, then {"resume " + run.Short}",
        _ => $"resume {run.Short}",
    };

    private static string Part(int count, string what) => count == 0 ? "" : $", {Numbers.Show(count)} {what}";

    private static string Tasks(int count) => count == 1 ? "1 task" : $"{Numbers.Show(count)} tasks";

}
