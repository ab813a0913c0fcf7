using System.Globalization;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlowGen.CommandLine;

/// <summary>A run as a tree of steps that can be drawn at any moment, from any thread.</summary>
internal class LiveTree(FlowDefinition flow, int height, TimeProvider time) : RunView(flow, time)
{
    private const int MostRunning = 4;
    private readonly Lock _lock = new();

    public override void RunStarted(RunManifest manifest, FlowDefinition flow, string store)
    {
        lock (_lock) base.RunStarted(manifest, flow, store);
    }

    public override void DimensionSized(DimensionSized sized)
    {
        lock (_lock) base.DimensionSized(sized);
    }

    public override void AttemptStarted(TaskAddress task, int attempt)
    {
        lock (_lock) base.AttemptStarted(task, attempt);
    }

    public override void AttemptFailed(AttemptFailed failure)
    {
        lock (_lock) base.AttemptFailed(failure);
    }

    public override void TaskFinished(RunRecord outcome)
    {
        lock (_lock) base.TaskFinished(outcome);
    }

    public override void TasksBlocked(TasksBlocked blocked)
    {
        lock (_lock) base.TasksBlocked(blocked);
    }

    public override void TasksSkipped(TasksSkipped skipped)
    {
        lock (_lock) base.TasksSkipped(skipped);
    }

    public override void Progress(TaskAddress task, double fraction, string? message)
    {
        lock (_lock) base.Progress(task, fraction, message);
    }

    public override void Line(TaskAddress task, string line)
    {
        lock (_lock) base.Line(task, line);
    }

    public override void Notice(string text) { }

    /// <summary>The tree as it stands.</summary>
    public IRenderable Render()
    {
        lock (_lock)
        {
            var title = Manifest is null ? "starting" : Manifest.Run.ToString();
            var rows = new List<IRenderable> { Row($"[bold]{Markup.Escape(title)}[/]  {Duration.Show(Elapsed)}") };

            // Steps that are done make room for those that are not.
            var steps = Tally.Steps.AsEnumerable();
            if (Tally.Steps.Length > height) steps = steps.OrderBy(s => s.IsDone && s.Failed == 0).Take(height);
            foreach (var step in steps)
            {
                rows.Add(Row(Describe(step)));
                if (rows.Count + MostRunning > height + 1) continue;
                foreach (var task in Tally.Running.Where(t => Tally.StepOf(t.Address) == step).OrderBy(t => t.Address.Index).Take(MostRunning)) rows.Add(Row(Describe(task)));
            }

            return new Rows(rows);
        }
    }

    private static Markup Row(string markup) => new(markup) { Overflow = Overflow.Ellipsis };

    private static string Describe(StepTally step)
    {
        var name = Markup.Escape(step.Name);
        var isDone = step.IsDone;
        var mark = step.Failed > 0 ? (step.IsContained ? "[yellow]x[/]" : "[red]x[/]") : step.Blocked > 0 ? "[yellow]-[/]"
            : isDone ? (step.Skipped == step.Total && step.Total > 0 ? "[grey]-[/]" : "[green]v[/]") : step.Running > 0 ? "[blue]>[/]" : " ";
        var counts = step.Total is > 1 and { } total ? $"  {Numbers.Show(step.Done)} of {Numbers.Show(total)}{(step.IsExpanded ? "" : " so far")}" : "";
        var notes = (step.Reused > 0 ? $"  {Numbers.Show(step.Reused)} reused" : "") + (step.Failed > 0 ? $"  [red]{Numbers.Show(step.Failed)} failed[/]" : "")
            + (step.Skipped > 0 ? $"  [grey]{Numbers.Show(step.Skipped)} skipped[/]" : "")
            + (step.Blocked > 0 ? $"  [yellow]{Numbers.Show(step.Blocked)} blocked[/]" : "") + (step.Running > 0 && step.Total is > 1 ? $"  {Numbers.Show(step.Running)} running" : "");
        var took = isDone && step.Total == 1 && step.Took > TimeSpan.Zero ? "  " + Duration.Show(step.Took) : "";
        return $"{mark} {name}{counts}{notes}{took}";
    }

    private string Describe(RunningTask task)
    {
        var fraction = task.Fraction is { } known ? $"  {known.ToString("P0", CultureInfo.InvariantCulture)}" : "";
        var message = task.Message is null ? "" : "  " + Markup.Escape(Printable.Line(task.Message, 60));
        return $"    [grey]{Markup.Escape(Tally.TitleOf(task.Address))}  {Duration.Show(Time.GetElapsedTime(task.Since))}{fraction}{message}[/]";
    }

}
