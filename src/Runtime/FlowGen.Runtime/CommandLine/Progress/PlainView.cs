using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Shows a run as lines: one a task for narrow steps, one for every tenth of a wide foreach.</summary>
internal sealed class PlainView(FlowDefinition flow, TextWriter output, TimeProvider time) : RunView(flow, time)
{
    private const int ShownFailures = 5;
    private readonly LineWriter _output = new(output);
    private int _shownRetries;
    private readonly int _nameWidth = WidthOf(flow);

    public override void RunStarted(RunManifest manifest, FlowDefinition flow, string store)
    {
        base.RunStarted(manifest, flow, store);
        var origin = manifest.Origin is { } resumed ? $", resuming {resumed.Short}" : "";
        Write($"Run {manifest.Run}{origin} in {store}");
    }

    public override void AttemptFailed(AttemptFailed failure)
    {
        base.AttemptFailed(failure);
        if (IsWide(failure.Task) && ++_shownRetries > ShownFailures) return;
        Write(failure.Task, $"attempt {failure.Attempt} {(failure.Error.Kind == TaskErrorKind.System ? "was lost" : "failed")}, next in {Duration.Show(failure.RetryAfter)}: {Describe(failure.Error)}");
    }

    public override void TaskFinished(RunRecord outcome)
    {
        base.TaskFinished(outcome);
        switch (outcome)
        {
            case TaskSucceeded { Origin: not null } reused when !IsWide(reused.Task): Write(reused.Task, "reused"); break;
            case TaskSucceeded done when !IsWide(done.Task): Write(done.Task, "done in " + Duration.Show(done.Duration)); break;
            case TaskSucceeded done: Count(Tally.StepOf(done.Task), (done.Marks & TaskMarks.GoesOn) != 0 ? 0 : 1); break;
            case TaskFailed failed:
                if (!IsWide(failed.Task) || Tally.StepOf(failed.Task).Failed <= ShownFailures) Write(failed.Task, $"failed{(failed.Attempt > 1 ? $" after {failed.Attempt} attempts" : "")}: {Describe(failed.Error)}");
                if (IsWide(failed.Task)) Count(Tally.StepOf(failed.Task), 1);
                break;
        }
    }

    public override void TasksBlocked(TasksBlocked blocked)
    {
        base.TasksBlocked(blocked);
        Close(blocked.First, blocked.Count, $"blocked by {Tally.NameOf(blocked.Cause)}");
    }

    public override void TasksSkipped(TasksSkipped skipped)
    {
        base.TasksSkipped(skipped);
        Close(skipped.First, skipped.Count, "skipped because " + Tally.Graph.Describe(skipped.First, skipped.Reason));
    }

    public override void Line(TaskAddress task, string line)
    {
        base.Line(task, line);
        if (!IsWide(task)) Write($"  {Tally.TitleOf(task).PadRight(_nameWidth)} | {Printable.Line(line)}");
    }

    public override void Notice(string text) => Write("note: " + Printable.Line(text));

    public override async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // A line whenever another tenth of the step is done.
    private void Count(StepTally step, int added)
    {
        if (step.IsInside || step.Total is not (> 0 and { } total) || step.Done * 10L / total == (step.Done - added) * 10L / total) return;
        var extra = (step.Skipped > 0 ? $", {Numbers.Show(step.Skipped)} skipped" : "") + (step.Reused > 0 ? $", {Numbers.Show(step.Reused)} reused" : "") + (step.Failed > 0 ? $", {Numbers.Show(step.Failed)} failed" : "");
        Write($"  {step.Name.PadRight(_nameWidth)}  {Numbers.Show(step.Done)} of {Numbers.Show(total)}{extra}");
    }

    // Where each task of a wide step has its own fate, a line for each would be too many.
    private void Close(TaskAddress first, int count, string text)
    {
        if (IsWide(first) && count < WideStep)
        {
            Count(Tally.StepOf(first), count);
            return;
        }

        var which = count == 1 ? Tally.NameOf(first) : Tally.StepOf(first).Name;
        Write($"  {which.PadRight(_nameWidth)}  {(count > 1 ? $"{Numbers.Show(count)} tasks " : "")}{text}");
    }

    private static int WidthOf(FlowDefinition flow) =>
        flow.Steps.Max(step => step.Name.Length + (step.Scope.IsEmpty ? 0 : 1 + 2 * step.Scope.Length) + (step.Loop is null ? 0 : 2) + (step.SubFlow is { } inner ? 1 + WidthOf(inner.Flow) : 0));

    private void Write(TaskAddress task, string text) => Write($"  {Tally.TitleOf(task).PadRight(_nameWidth)}  {text}");

    private void Write(string line) => _output.Write(line);
}
