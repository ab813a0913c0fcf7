using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>Decides for each task of a flow in a resumed run, when its inputs are there, whether an earlier result stands for it.</summary>
/// <param name="run">The flow.</param>
/// <param name="store">Where the runs are.</param>
/// <param name="chain">Where to look.</param>
/// <param name="forced">By position, whether a step runs in any case.</param>
internal sealed class Reuser(RunScope run, RunStore store, ReuseChain chain, bool[] forced)
{
    /// <summary>Whether the task runs in any case.</summary>
    public bool IsForced(TaskAttempt attempt) => forced[attempt.Task.Step];

    /// <summary>The same for the flow that a task of this one is.</summary>
    public Reuser Of(RunScope inner, TaskAddress task) => new(inner, store, chain.Of(inner.Flow, task), [.. inner.Flow.Steps.Select(_ => forced[task.Step])]);

    /// <summary>The record that says so, without what the scheduler wants to know of its outputs; <c>null</c> if the task has to run.</summary>
    public async ValueTask<TaskSucceeded?> FindAsync(TaskAttempt attempt)
    {
        if (attempt.Key is not { } key || attempt.IsGivenErrors || IsForced(attempt)) return null;
        while (await chain.TakeAsync(attempt.Task, key).ConfigureAwait(false) is var (task, earlier))
        {
            if (Fit(attempt.Definition, attempt.Task, task.Marks) is not { } marks) return null;
            if (!await store.MayReuseAsync(earlier.Run.Run, attempt.CancellationToken).ConfigureAwait(false)) continue;
            if (!await IsReadableAsync(run, attempt, task.Outputs).ConfigureAwait(false)) continue;
            return new TaskSucceeded(attempt.Task, task.Attempts, task.AttemptId, task.Started ?? earlier.Run.Created, task.Duration ?? TimeSpan.Zero, task.Outputs, earlier.MakerOf(task), marks, key);
        }

        return null;
    }

    /// <summary>What follows an iteration under today's limit, which may be another than then; <c>null</c> if the step has to fail there.</summary>
    public static TaskMarks? Fit(StepDefinition step, TaskAddress task, TaskMarks marks)
    {
        const TaskMarks more = TaskMarks.GoesOn | TaskMarks.StoppedAtMax;
        if (step.Loop is not { } loop) return marks;
        if (task.Iteration >= loop.Max) return null;
        if ((marks & more) == 0) return marks;
        return marks & ~more | (loop.StopAtMax && task.Iteration + 1 >= loop.Max ? TaskMarks.StoppedAtMax : TaskMarks.GoesOn);
    }

    /// <summary>Reads what is not in memory, so that a result that was lost is made again here and not missed later (H2).</summary>
    public static async ValueTask<bool> IsReadableAsync(RunScope run, TaskAttempt attempt, ImmutableArray<StoredValue> outputs)
    {
        var cancel = attempt.CancellationToken;
        try
        {
            foreach (var output in outputs)
            {
                if (output.References is { } references)
                    foreach (var blob in await run.Artifacts.References.ReadAsync(references, cancel).ConfigureAwait(false)) await run.Artifacts.References.CheckAsync(blob, cancel).ConfigureAwait(false);
                if (output.Items is { } items) _ = await run.Artifacts.ReadAsync(items, cancel).ConfigureAwait(false);
                if (output.Bytes is not null) continue;
                await using var content = run.Artifacts.OpenRead(output);
                await content.CopyToAsync(Stream.Null, cancel).ConfigureAwait(false);
            }

            return true;
        }
        catch (FlowException e) when (e is not Storage.StoreUnavailableException)
        {
            run.Observer.Notice($"{attempt.TaskName} runs again: its stored result cannot be read. {e.Message}");
            return false;
        }
    }
}
