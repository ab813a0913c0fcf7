using System.Runtime.InteropServices;
using FlowGen.CompilerServices;
using FlowGen.Executing.Logs;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>Runs one attempt: makes its inputs, calls the step, stores its outputs. Failures of the step become results; failures of the store are thrown (H11).</summary>
internal sealed class AttemptRunner(RunScope run, TaskGraph graph, Action<TaskAttempt> timeIsUp)
{
    /// <summary>What a timer can wait for; a step that may take longer may as well take for ever.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(45);

    private readonly InputResolver _inputs = new(run.Flow, run.Artifacts, run.Parameters);

    public async ValueTask<AttemptResult> RunAsync(TaskAttempt attempt, CancellationToken stop)
    {
        StepFrame frame;
        ITimer? timer = null;
        try
        {
            if (attempt.Definition.Durable) await run.Journal.WhenCommittedAsync(attempt.Since, attempt.CancellationToken).ConfigureAwait(false);
            await _inputs.ResolveAsync(attempt).ConfigureAwait(false);
            if (attempt.Definition.Timeout is { } timeout)
            {
                attempt.Limit();
                timer = run.Time.CreateTimer(_ => timeIsUp(attempt), null, timeout < LongestTimer ? timeout : LongestTimer, Timeout.InfiniteTimeSpan);
            }

            frame = await InvokeAsync(attempt).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (e is FlowException { ExitCode: 4 } && !attempt.IsInStep) throw;
            if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
            if (e is OperationCanceledException && stop.IsCancellationRequested) return new AttemptResult(AttemptEnd.Cancelled);
            return Failed(attempt.IsInStep ? TaskErrorKind.User : TaskErrorKind.System, e);
        }
        finally
        {
            timer?.Dispose();
        }

        if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
        try
        {
            return await StoreAsync(attempt, frame.Outputs).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not FlowException { ExitCode: 4 })
        {
            return Failed(TaskErrorKind.Output, e);
        }
    }

    private async ValueTask<StepFrame> InvokeAsync(TaskAttempt attempt)
    {
        // Lasts until this method returns, and in everything that the step starts.
        ConsoleCapture.Current = attempt;
        attempt.IsInStep = true;
        var frame = new StepFrame(run.Parameters.CreateFlow(), attempt.Inputs, attempt.Definition.ArtifactCount, attempt, attempt.CancellationToken);
        await attempt.Definition.Invoke(frame).ConfigureAwait(false);
        return frame;
    }

    private async ValueTask<AttemptResult> StoreAsync(TaskAttempt attempt, object?[] values)
    {
        if (values.Length == 0) return new AttemptResult(AttemptEnd.Succeeded) { Stored = [], Values = values };
        var stored = new StoredValue[values.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            var artifact = run.Flow.Artifacts[attempt.Definition.FirstArtifact + i];
            if (values[i] is null && !artifact.Nullable)
                throw new ArtifactException($"Step '{attempt.Step}' returned null for its artifact '{artifact.Name}'; return a value, or declare it as {artifact.TypeName}?.");
            stored[i] = await run.Artifacts.WriteAsync(artifact, values[i], CancellationToken.None).ConfigureAwait(false);
        }

        var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = ImmutableCollectionsMarshal.AsImmutableArray(stored), Values = values };
        var makes = graph.Steps[attempt.Task.Step].Makes;
        return makes.IsEmpty ? result : await SizeAsync(attempt.Task, result).ConfigureAwait(false);
    }

    /// <summary>Adds the collections among the outputs.</summary>
    public async ValueTask<AttemptResult> SizeAsync(TaskAddress task, AttemptResult result)
    {
        var makes = graph.Steps[task.Step].Makes;
        var (collections, widths) = (new object?[makes.Length], new DimensionWidth[makes.Length]);
        for (var i = 0; i < makes.Length; i++)
        {
            var (source, items) = (run.Flow.Dimensions[makes[i]].Source, run.Flow.Dimensions[makes[i]].Items);
            var output = source - run.Flow.Steps[task.Step].FirstArtifact;
            var live = run.Flow.Artifacts[source].Shareable ? result.Values?[output] : null;
            collections[i] = live ?? await _inputs.DecodeAsync(source, result.Stored[output], CancellationToken.None).ConfigureAwait(false)
                ?? throw new ArtifactException($"The collection '{run.Flow.Artifacts[source].Name}' is null, so it cannot be iterated; return an empty one.");
            widths[i] = new DimensionWidth(makes[i], items.Count(collections[i]!));
        }

        return result with { Collections = collections, Made = widths };
    }

    private static AttemptResult Failed(TaskErrorKind kind, Exception e) =>
        new(AttemptEnd.Failed) { Error = new TaskError(kind, e.GetType().FullName ?? e.GetType().Name, e.Message, e.ToString()) };
}
