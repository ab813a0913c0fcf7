using FlowGen.CompilerServices;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Why a task of a run is as it is, from what is recorded.</summary>
/// <param name="Task">Its name.</param>
/// <param name="What">What became of it, as the end of a sentence.</param>
internal sealed record Explanation(string Task, string What)
{
    /// <summary>Why it ran, was reused, failed or did not run; never empty.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    /// <summary>What it waited for, in order.</summary>
    public IReadOnlyList<string> Waited { get; init; } = [];

    /// <summary>Where its attempts ran, of a run on an engine, in order: which job, which machine, and why it was lost if it was.</summary>
    public IReadOnlyList<string> Ran { get; init; } = [];

    /// <summary>A wait that is not worth a line.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    /// <param name="run">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="reasons">What is different from the run that was resumed; <c>null</c> if none was.</param>
    public static Explanation Of(RunState run, TaskState task, TaskReasons? reasons) => new(run.NameOf(task.Address), WhatOf(run, task))
    {
        Why = [.. WhyOf(run, task, reasons)],
        Waited = [.. WaitsOf(run, task)],
        Ran = [.. JobsOf(run, task)],
    };

    private static string WhatOf(RunState run, TaskState task) => task.Status switch
    {
        FlowTaskStatus.Reused => $"was taken over from {task.Origin}",
        FlowTaskStatus.Succeeded or FlowTaskStatus.Failed => $"{StatusNames.Of(task.Status)}{(task.Duration is { } took ? $" in {Duration.Show(took)}" : "")}{(task.Attempts > 1 ? $", in attempt {task.Attempts}" : "")}",
        FlowTaskStatus.Blocked when task.BlockedBy is { } cause => $"was blocked by {run.NameOf(cause)}",
        FlowTaskStatus.Skipped when task.Skipped is { } reason => $"was skipped because {run.Manifest.Graph.GraphOf(task.Address).Describe(reason)}",
        var other => $"is {StatusNames.Of(other)}",
    };

    private static IEnumerable<string> WhyOf(RunState run, TaskState task, TaskReasons? reasons)
    {
        switch (task.Status)
        {
            case FlowTaskStatus.Reused:
                yield return task.Key is { } key ? $"same code, parameters and inputs: its key is {key.ToString()[..16]}" : "its run took it over as it was";
                break;
            case FlowTaskStatus.Blocked when task.BlockedBy is { } cause:
                yield return $"{run.NameOf(cause)} failed{(run.Find(cause)?.Error is { } root ? ": " + RunView.Describe(root) : "")}";
                break;
            case FlowTaskStatus.Skipped:
                yield return "its step runs with other values of that decision";
                break;
            case FlowTaskStatus.Pending or FlowTaskStatus.Cancelled when task.Error is null:
                yield return Missing(run, task) is { Count: > 0 } missing ? $"it needs {string.Join(", ", missing)}" : run.Status == RunStatus.Running ? "it waits for its turn" : "the run ended before its turn";
                break;
            default:
                if (task.Error is { } error) yield return $"{(task.Status == FlowTaskStatus.Failed ? "it failed" : "its last attempt failed")}: {RunView.Describe(error)}";
                if (task.Status == FlowTaskStatus.Failed) break;
                if (reasons is null) yield return run.Manifest.Origin is { } gone ? $"what {gone} recorded is no longer there" : "the run did not resume another";
                else
                    foreach (var reason in reasons.Of(task.Address)) yield return reason;
                break;
        }
    }

    private static IEnumerable<string> JobsOf(RunState run, TaskState task)
    {
        if (run.FlowOf(task.Address) is not { Slices.Count: > 0 } flow) return [];
        return from slice in flow.Slices.Values
               from sent in slice.Dispatched.Tasks
               where sent.Task == task.Address with { Outer = null }
               orderby sent.Attempt
               select Describe(slice, sent);
    }

    private static string Describe(SliceState slice, DispatchedTask sent)
    {
        var others = slice.Dispatched.Tasks.Length - 1;
        var id = slice.Ended?.EngineId is { } number ? $" ({number})" : "";
        return $"attempt {sent.Attempt} was sent in job {slice.Dispatched.Job}{id}{(others == 0 ? "" : $" with {Numbers.Show(others)} others")}{(slice.Place is { } place ? $" on {place}" : "")}" +
            // Each start is a worker of its own.
            (slice.Read.Count > 1 ? $", started {Numbers.Show(slice.Read.Count)} times by the engine" : "") +
            (slice.Ended is null ? ", which has not ended" : slice.Ended.Reason is { } why ? $", which ended early: {why}" : "");
    }

    /// <summary>The steps whose tasks it needs and that are not done; of a task in a sub-flow nobody looks.</summary>
    private static List<string> Missing(RunState run, TaskState task)
    {
        if (task.Address.Outer is not null) return [];
        var graph = run.Manifest.Graph;
        return [.. ProducersOf(graph, task.Address.Step).Where(step => run.TasksOf(step).Any(made => made.Status is FlowTaskStatus.Pending or FlowTaskStatus.Running or FlowTaskStatus.Cancelled)).Select(step => graph.Steps[step].Name)];
    }

    /// <summary>Until the last of what it takes was made, and then for a free place.</summary>
    private static IEnumerable<string> WaitsOf(RunState run, TaskState task)
    {
        if (task.Status is not (FlowTaskStatus.Succeeded or FlowTaskStatus.Failed or FlowTaskStatus.Running) || task.Started is not { } started || task.Attempts > 1 || task.Address.Outer is not null) yield break;
        var ready = run.Manifest.Created;
        string? last = null;
        foreach (var made in ProducersOf(run.Manifest.Graph, task.Address.Step).SelectMany(run.TasksOf))
        {
            if (made.Status is not FlowTaskStatus.Succeeded || made.Finished is not { } finished || finished <= ready || finished > started) continue;
            if (!Agree(run.Manifest.Graph, made.Address, task.Address)) continue;
            (ready, last) = (finished, run.NameOf(made.Address));
        }

        if (last is not null && ready - run.Manifest.Created >= Short) yield return $"{Duration.Show(ready - run.Manifest.Created)} until {last} was done";
        if (started - ready >= Short) yield return $"{Duration.Show(started - ready)} for a free place";
    }

    /// <summary>Whether two tasks have the same number in the dimensions that both steps begin with.</summary>
    private static bool Agree(GraphDescription graph, TaskAddress one, TaskAddress other)
    {
        var (mine, theirs) = (graph.Steps[one.Step].Scope, graph.Steps[other.Step].Scope);
        for (var level = 0; level < mine.Length && level < theirs.Length && mine[level] == theirs[level]; level++)
            if (level < one.Index.Count && level < other.Index.Count && one.Index[level] != other.Index[level]) return false;
        return true;
    }

    private static IEnumerable<int> ProducersOf(GraphDescription graph, int step) => graph.Steps[step].Inputs
        .SelectMany(input => input.Kind == SourceKind.Parameter ? [] : input.Shape == InputShape.OneOf ? input.Alternatives.AsEnumerable() : [input.Source]).Select(source => graph.Artifacts[source].Step)
        .Concat(graph.Steps[step].After.Select(after => after.Step)).Distinct().Order();
}
