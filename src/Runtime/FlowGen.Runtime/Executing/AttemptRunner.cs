using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FlowGen.CompilerServices;
using FlowGen.Executing.Isolation;
using FlowGen.Executing.Remote;
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
            if (attempt.Definition.Loop is { } loop && attempt.Task.Iteration >= loop.Max) Refuse(attempt, loop);
            if (attempt.Definition.Durable) await run.Journal.WhenCommittedAsync(attempt.Since, attempt.CancellationToken).ConfigureAwait(false);
            if (run.Remote is { } remote && RemoteSteps.Takes(run, attempt.Definition)) return await RunRemotelyAsync(remote, attempt).ConfigureAwait(false);
            var isInProcess = !attempt.Definition.HasOwnProcess;
            if (isInProcess && attempt.Definition.Gang == 1) await _inputs.ResolveAsync(attempt).ConfigureAwait(false);
            if (attempt.Definition.Timeout is { } timeout)
            {
                attempt.Limit();
                timer = run.Time.CreateTimer(_ => timeIsUp(attempt), null, timeout < LongestTimer ? timeout : LongestTimer, Timeout.InfiniteTimeSpan);
            }

            frame = isInProcess ? await InvokeAsync(attempt).ConfigureAwait(false) : await InvokeIsolatedAsync(attempt).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (e is FlowException { ExitCode: 4 } && (!attempt.IsInStep || e == attempt.StoreFailure)) throw;
            if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
            if (e is SubFlowStoppedException || (e is OperationCanceledException && stop.IsCancellationRequested)) return new AttemptResult(AttemptEnd.Cancelled);
            return Failed(attempt, attempt.IsInStep && e is not ISystemFailure ? TaskErrorKind.User : TaskErrorKind.System, e);
        }
        finally
        {
            timer?.Dispose();
        }

        if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
        try
        {
            var result = await StoreAsync(attempt, frame.Outputs).ConfigureAwait(false);
            return !attempt.WantsAgain ? result : StopsAtMax(attempt) ? result with { StoppedAtMax = true } : result with { Again = true };
        }
        catch (Exception e) when (e is not FlowException { ExitCode: 4 })
        {
            return Failed(attempt, TaskErrorKind.Output, e);
        }
    }

    /// <summary>Has the attempt run elsewhere; what the scheduler wants to know of its outputs is read here.</summary>
    private async ValueTask<AttemptResult> RunRemotelyAsync(RemoteSteps remote, TaskAttempt attempt)
    {
        var outcome = await remote.RunAsync(run, attempt).ConfigureAwait(false);
        if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
        switch (outcome)
        {
            case ProposedFailure failure:
                return new AttemptResult(AttemptEnd.Failed) { Error = failure.Error, IsForGood = failure.IsForGood, RetryAfter = failure.RetryAfter };
            case ProposedSuccess success:
                var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = success.Outputs, Again = (success.Marks & TaskMarks.GoesOn) != 0, StoppedAtMax = (success.Marks & TaskMarks.StoppedAtMax) != 0 };
                try
                {
                    if (success.Outputs.Length != attempt.Definition.ArtifactCount) throw new ArtifactException($"The worker of step '{attempt.Step}' made another number of artifacts: it is another program than the one that drives the run.");
                    return result.Again ? result : await ReadAsync(attempt.Task.Step, result).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not FlowException { ExitCode: 4 })
                {
                    return Failed(attempt, TaskErrorKind.Output, e);
                }

            default:
                return new AttemptResult(AttemptEnd.Cancelled);
        }
    }

    private async ValueTask<StepFrame> InvokeAsync(TaskAttempt attempt)
    {
        // Lasts until this method returns, and in everything that the step starts.
        CurrentStep.Context = attempt;
        attempt.IsInStep = true;
        if (attempt.Definition.Gang > 1) return AskLoop(attempt, await InvokeGangAsync(attempt).ConfigureAwait(false));
        if (attempt.Definition.SubFlow is not null) return await InvokeSubFlowAsync(attempt).ConfigureAwait(false);
        var frame = new StepFrame(run.Parameters.CreateFlow(), attempt.Inputs, attempt.Definition.ArtifactCount, attempt, attempt.CancellationToken);
        await run.Host.InvokeAsync(attempt.Definition, frame).ConfigureAwait(false);
        return AskLoop(attempt, frame);
    }

    /// <summary>Asks the step for the flow to run, and runs it.</summary>
    private async ValueTask<StepFrame> InvokeSubFlowAsync(TaskAttempt attempt)
    {
        var frame = new StepFrame(run.Parameters.CreateFlow(), attempt.Inputs, 1, attempt, attempt.CancellationToken);
        await run.Host.InvokeAsync(attempt.Definition, frame).ConfigureAwait(false);
        var made = await SubFlowRunner.RunAsync(run, attempt, frame.Outputs[0]).ConfigureAwait(false);
        var ended = new StepFrame(frame.Flow, [], made.Length, attempt, attempt.CancellationToken);
        if (attempt.Definition.Loop is { } loop) ended.Outputs[loop.Output] = await _inputs.DecodeAsync(attempt.Definition.FirstArtifact + loop.Output, (StoredValue)made[loop.Output]!, CancellationToken.None).ConfigureAwait(false);
        attempt.IsInStep = true;
        AskLoop(attempt, ended);
        made.CopyTo(ended.Outputs, 0);
        return ended;
    }

    private async ValueTask<StepFrame> InvokeIsolatedAsync(TaskAttempt attempt)
    {
        if (await IsolatedAttempt.InvokeAsync(run, attempt).ConfigureAwait(false) is { } frame) return AskLoop(attempt, frame);
        run.Observer.Notice($"{attempt.TaskName} runs in this process, and not in one of its own{(attempt.Definition.Environment.IsEmpty ? "" : " with its environment variables")}: {(run.Artifacts.IsShared ? "this program does not hand its arguments to FlowApp, so it cannot be started for one step" : "the run is kept in memory, where no other process can read")}.");
        if (attempt.Definition.Gang == 1) await _inputs.ResolveAsync(attempt).ConfigureAwait(false);
        return await InvokeAsync(attempt).ConfigureAwait(false);
    }

    /// <summary>Each member has a flow object and inputs of its own.</summary>
    private Task<StepFrame> InvokeGangAsync(TaskAttempt attempt) => GangRunner.InvokeAsync(attempt.Definition, run.Host, attempt, async () =>
    {
        var inputs = (object?[])attempt.Inputs.Clone();
        await _inputs.ResolveAsync(attempt.Definition, attempt.Task.Index, inputs, attempt.CancellationToken).ConfigureAwait(false);
        return (run.Parameters.CreateFlow(), inputs);
    }, attempt.CancellationToken);

    private StepFrame AskLoop(TaskAttempt attempt, StepFrame frame)
    {
        if (attempt.Definition.Loop is not null) attempt.WantsAgain = StepOutputs.WantsAgain(run.Flow, attempt.Definition, frame);
        return frame;
    }

    private static bool StopsAtMax(TaskAttempt attempt) => StepOutputs.StopsAtMax(attempt.Definition, attempt.Task);

    /// <summary>The iteration after the last one is the one that fails, so that every other keeps its result and a resume with a higher limit goes on from there.</summary>
    private static void Refuse(TaskAttempt attempt, LoopDefinition loop)
    {
        attempt.IsInStep = true;
        throw new LoopLimitException(attempt.Step, loop.Max);
    }

    private async ValueTask<AttemptResult> StoreAsync(TaskAttempt attempt, object?[] values)
    {
        if (values.Length == 0) return new AttemptResult(AttemptEnd.Succeeded) { Stored = [], Values = values };
        var stored = new StoredValue[values.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            var artifact = run.Flow.Artifacts[attempt.Definition.FirstArtifact + i];
            if (values[i] is StoredValue made)
            {
                // The output of a sub-flow, where that has stored it.
                stored[i] = made;
                continue;
            }

            StepOutputs.Check(attempt.Definition, artifact, values[i]);
            stored[i] = await StepOutputs.StoreAsync(run.Flow, run.Artifacts, attempt.Definition.FirstArtifact + i, values[i]).ConfigureAwait(false);
        }

        var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = ImmutableCollectionsMarshal.AsImmutableArray(stored), Values = attempt.Definition.SubFlow is null ? values : null };
        return attempt.WantsAgain && !StopsAtMax(attempt) ? result : await ReadAsync(attempt.Task.Step, result).ConfigureAwait(false);
    }

    /// <summary>Adds what the scheduler wants to know of the outputs: collections and decisions among them.</summary>
    /// <exception cref="ArtifactException">An output cannot be what it is needed for.</exception>
    public async ValueTask<AttemptResult> ReadAsync(int step, AttemptResult result)
    {
        if (!graph.Steps[step].Makes.IsEmpty) result = await SizeAsync(step, result).ConfigureAwait(false);
        return graph.Steps[step].Decides.IsEmpty ? result : await DecideAsync(step, result).ConfigureAwait(false);
    }

    private async ValueTask<AttemptResult> DecideAsync(int step, AttemptResult result)
    {
        var decides = graph.Steps[step].Decides;
        var decided = new DecidedValue[decides.Length];
        for (var i = 0; i < decided.Length; i++)
        {
            var decision = run.Flow.Decisions[decides[i]];
            var output = decision.Source - run.Flow.Steps[step].FirstArtifact;
            var value = result.Values?[output] ?? await _inputs.DecodeAsync(decision.Source, result.Stored[output], CancellationToken.None).ConfigureAwait(false);
            decided[i] = new DecidedValue(decides[i], decision.Classify(value!));
            if (decided[i].Value < 0)
                throw new ArtifactException($"The decision '{decision.Name}' is {value}, which is none of its values ({string.Join(", ", decision.Values)}); return one of them.");
        }

        return result with { Decided = decided };
    }

    private async ValueTask<AttemptResult> SizeAsync(int step, AttemptResult result)
    {
        var makes = graph.Steps[step].Makes;
        var (collections, widths) = (new object?[makes.Length], new DimensionWidth[makes.Length]);
        ImmutableArray<string?>[]? labels = null;
        for (var i = 0; i < makes.Length; i++)
        {
            var (source, items) = (run.Flow.Dimensions[makes[i]].Source, run.Flow.Dimensions[makes[i]].Items);
            var output = source - run.Flow.Steps[step].FirstArtifact;
            var live = run.Flow.Artifacts[source].Shareable ? result.Values?[output] : null;
            collections[i] = live ?? await _inputs.CollectionAsync(source, result.Stored[output], items, CancellationToken.None).ConfigureAwait(false)
                ?? throw new ArtifactException($"The collection '{run.Flow.Artifacts[source].Name}' is null, so it cannot be iterated; return an empty one.");
            widths[i] = new DimensionWidth(makes[i], collections[i] is StoredItems { Count: var count } ? count : items.Count(collections[i]!));
            if (run.Flow.Dimensions[makes[i]].Label is not null) (labels ??= new ImmutableArray<string?>[makes.Length])[i] = await TaskLabels.MakeAsync(run.Flow.Dimensions[makes[i]], collections[i]!, widths[i].Width).ConfigureAwait(false);
        }

        return result with { Collections = collections, Made = widths, Labels = labels };
    }

    private AttemptResult Failed(TaskAttempt attempt, TaskErrorKind kind, Exception e)
    {
        if (e is SubFlowFailedException inner) return new AttemptResult(AttemptEnd.Failed) { IsForGood = true, Error = inner.Error };
        if (e is WorkerFailure worker)
            return new AttemptResult(AttemptEnd.Failed) { IsForGood = worker.IsForGood, RetryAfter = worker.RetryAfter, Error = new TaskError(kind, worker.Type, run.Mask.Hide(worker.Message), worker.Details is { } details ? run.Mask.Hide(details) : null) };
        return new AttemptResult(AttemptEnd.Failed)
        {
            IsForGood = Retrying.IsForGood(attempt.Definition.Retry, e),
            RetryAfter = (e as RetryAfterException)?.Delay,
            Error = new TaskError(kind, e.GetType().FullName ?? e.GetType().Name, run.Mask.Hide(e.Message), run.Mask.Hide(e.ToString())),
        };
    }
}
