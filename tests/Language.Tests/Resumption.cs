using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;
using FlowGen.Storage;
using Language.Tests.Flows;
using Language.Tests.Reference;

namespace Language.Tests;

/// <summary>A flow whose run goes wrong twice and is resumed each time, beside the reference: the last run has the results of one that never went wrong, and nothing ran that did not have to.</summary>
internal static class Resumption
{
    /// <summary>What is wrong with the last run; <c>null</c> if nothing is, or if nothing could go wrong.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="program">It, compiled.</param>
    /// <param name="taken">Gets how many results the last run took over, if there was one.</param>
    public static async Task<string?> DifferenceAsync(FlowSpec flow, Programs program, List<int> taken)
    {
        try
        {
            return await CompareAsync(flow, program, taken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e.ToString();
        }
        finally
        {
            program.Trouble(0);
        }
    }

    /// <summary>The same of one that is not compiled yet.</summary>
    public static async Task<string?> DifferenceAsync(FlowSpec flow)
    {
        using var program = Programs.Of([flow]);
        return program.Errors[0].Count > 0 ? null : await DifferenceAsync(flow, program, []);
    }

    private static async Task<string?> CompareAsync(FlowSpec flow, Programs program, List<int> taken)
    {
        var (definition, store, draw) = (program.Definition(flow.Name), new InMemoryStore(), new Draw(flow.Seed));
        var runs = new List<RunKey>();

        // Some tasks fail, then the run is stopped, or the other way round.
        bool[] isStopped = draw.Chance(2) ? [false, true] : [true, false];
        foreach (var stopped in isStopped)
        {
            program.Trouble(stopped ? 0 : draw.Between(2, 6));
            using var stop = new CancellationTokenSource();
            if (await RunAsync(stopped ? new StoppingObserver(draw.Below(8), stop) : new StoppingObserver(int.MaxValue, stop), stop.Token) == RunStatus.Succeeded) return null;
        }

        program.Trouble(0);
        using var never = new CancellationTokenSource();
        var status = await RunAsync(new StoppingObserver(int.MaxValue, never), never.Token);

        var opened = await RunStore.OpenAsync(store, forWriting: false, TimeProvider.System, default);
        var states = new List<RunState>();
        foreach (var run in runs) states.Add(await opened.ReadAsync(run, default));
        taken.Add(states[^1].Tasks.Count(task => task.Status == FlowTaskStatus.Reused));
        var analysis = Analysis.Of(flow);
        var expected = Results.Describe(flow, analysis, Interpreter.Run(flow, analysis));
        var actual = await Results.ReadAsync(definition, opened, states[^1], status);
        // Who takes the result of a whole flow has none of its tasks.
        var whole = states[^1].Tasks.Where(task => task.Status == FlowTaskStatus.Reused).Select(task => states[^1].NameOf(task.Address) + "/").ToList();
        expected.RemoveAll(line => whole.Any(flowTask => line.StartsWith(flowTask, StringComparison.Ordinal)));
        if (!expected.SequenceEqual(actual)) return $"resumed; expected but not found:\n{string.Join("\n", expected.Except(actual))}\nfound but not expected:\n{string.Join("\n", actual.Except(expected))}";
        return Wasted(states);

        async Task<RunStatus> RunAsync(StoppingObserver observer, CancellationToken stop)
        {
            var (run, ended) = await FlowRunner.RunAsync(Comparison.Request(flow, definition, store) with { Resume = runs.Count == 0 ? null : runs[^1] }, observer, stop, default);
            runs.Add(run);
            return ended;
        }
    }

    /// <summary>The first task of the last run that ran although an earlier run had a result for it, or that took one although it was given an error; <c>null</c> if there is none.</summary>
    private static string? Wasted(List<RunState> runs)
    {
        var last = runs[^1];
        foreach (var task in last.Tasks)
            if (task.Status == FlowTaskStatus.Reused && (task.Marks & TaskMarks.GivenError) != 0) return $"{last.NameOf(task.Address)} was given an error and took an earlier result";

        // Equal tasks of a step may take each other's results, so they are counted together.
        var results = runs.SkipLast(1).SelectMany(run => run.Tasks.Where(IsResult).Select(task => (Place: PlaceOf(run, task), Maker: task.Origin ?? $"{run.Manifest.Run}/{run.NameOf(task.Address)}")))
            .Distinct().CountBy(result => result.Place).ToDictionary();
        foreach (var equal in last.Tasks.Where(IsResult).GroupBy(task => PlaceOf(last, task)))
        {
            var (reused, ran) = (equal.Count(task => task.Status == FlowTaskStatus.Reused), equal.Count(task => task.Status == FlowTaskStatus.Succeeded));
            if (ran > 0 && reused < results.GetValueOrDefault(equal.Key)) return $"{last.NameOf(equal.First(task => task.Status == FlowTaskStatus.Succeeded).Address)} ran although there was a result: {reused} of {results[equal.Key]} taken";
        }

        return null;
    }

    /// <summary>Whether a task has a result that may be taken over.</summary>
    private static bool IsResult(TaskState task) => task.HasSucceeded && task.Key is not null && (task.Marks & TaskMarks.GivenError) == 0;

    /// <summary>Where a result counts: for the tasks of a step, of the same flow that a task is, with its key.</summary>
    private static string PlaceOf(RunState run, TaskState task) => $"{(task.Address.Outer is { } outer ? run.NameOf(outer.Task) : "")}/{run.Manifest.Graph.StepOf(task.Address).Name} {task.Key}";

    /// <summary>Stops a run when so many attempts have begun.</summary>
    private sealed class StoppingObserver(int starts, CancellationTokenSource stop) : IRunObserver
    {
        private int _started;

        public void AttemptStarted(TaskAddress task, int attempt)
        {
            if (_started++ == starts) stop.Cancel();
        }

        public void RunStarted(RunManifest manifest, FlowDefinition flow, string store) { }

        public void DimensionSized(DimensionSized sized) { }

        public void AttemptFailed(AttemptFailed failure) { }

        public void TaskFinished(RunRecord outcome) { }

        public void TasksBlocked(TasksBlocked blocked) { }

        public void TasksSkipped(TasksSkipped skipped) { }

        public void Progress(TaskAddress task, double fraction, string? message) { }

        public void Line(TaskAddress task, string line) { }

        public void Notice(string text) { }

        public void RunFinished(RunFinished end) { }
    }
}
