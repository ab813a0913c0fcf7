using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>Runs the tasks of a slice in this process, and proposes what comes of them.</summary>
/// <param name="manifest">The run.</param>
/// <param name="flow">The flow of the tasks.</param>
/// <param name="step">Their step.</param>
/// <param name="parameters">The flow's parameters.</param>
/// <param name="host">What steps take beside inputs.</param>
/// <param name="artifacts">The store.</param>
/// <param name="proposals">Where outcomes go.</param>
/// <param name="mask">Hides secrets.</param>
/// <param name="time">The clock.</param>
internal sealed class SliceTasks(
    RunManifest manifest, FlowDefinition flow, StepDefinition step, ParameterValues parameters, StepHost host, ArtifactStore artifacts, ProposalWriter proposals, SecretMask mask, TimeProvider time)
{
    private readonly InputResolver _inputs = new(flow, artifacts, parameters);
    private int _begun;

    /// <summary>
    /// Whether an earlier worker of the slice was lost: then each start and each outcome is written before anything else happens, so that a task which ends the process every time is known for it. Of every
    /// worker the first start is written so, by which the next one knows of it.
    /// </summary>
    public bool IsCareful { get; init; }

    /// <summary>Runs one attempt. What the step does wrong is proposed; what the store does is thrown.</summary>
    /// <param name="position">Position in the slice.</param>
    /// <param name="task">The attempt.</param>
    /// <param name="stop">The process has to end: what is not done then is left undone.</param>
    public async Task RunAsync(int position, SliceTask task, CancellationToken stop)
    {
        await AttemptAsync(position, task, stop).ConfigureAwait(false);
        if (IsCareful) await proposals.WrittenAsync().ConfigureAwait(false);
    }

    private async Task AttemptAsync(int position, SliceTask task, CancellationToken stop)
    {
        using var context = new SliceContext(manifest, flow.Name, step.Name, position, task, artifacts, proposals, mask, time);
        var (started, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        proposals.Start(position, context.Output, started);
        if (Interlocked.Exchange(ref _begun, 1) == 0 || IsCareful) await proposals.WrittenAsync().ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            // On a thread of its own until it first waits: a step that computes must not hold up what watches over it.
            var running = Task.Run(() => InvokeAsync(task, context, limit.Token), CancellationToken.None);
            if (step.Timeout is { } timeout && await Task.WhenAny(running, Task.Delay(timeout, time, limit.Token)).ConfigureAwait(false) != running && !stop.IsCancellationRequested)
            {
                _ = limit.CancelAsync();
                var error = new TaskError(TaskErrorKind.Timeout, typeof(TimeoutException).FullName!, $"The attempt took longer than the {timeout:c} that its step may take.", null);
                proposals.End(position, new ProposedFailure(position, started, time.GetElapsedTime(timestamp), error, Retrying.IsForGood(step.Retry, new TimeoutException()), null));
                return;
            }

            var (outputs, marks) = await running.ConfigureAwait(false);
            proposals.End(position, new ProposedSuccess(position, started, time.GetElapsedTime(timestamp), outputs, marks));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nothing came of it: the driver sees that it began.
        }
#pragma warning disable CA1031 // Whatever a step throws is proposed.
        catch (Exception e) when (e is not FlowException { ExitCode: Storage.StoreErrors.ExitCode } || e != context.StoreFailure && context.IsInStep)
#pragma warning restore CA1031
        {
            var kind = !context.IsInStep ? TaskErrorKind.System : context.IsStoring ? TaskErrorKind.Output : TaskErrorKind.User;
            var error = new TaskError(kind, e.GetType().FullName ?? e.GetType().Name, mask.Hide(e.Message), mask.Hide(e.ToString()));
            proposals.End(position, new ProposedFailure(position, started, time.GetElapsedTime(timestamp), error, Retrying.IsForGood(step.Retry, e), (e as RetryAfterException)?.Delay));
        }
    }

    private async Task<(ImmutableArray<StoredValue> Outputs, TaskMarks Marks)> InvokeAsync(SliceTask task, SliceContext context, CancellationToken cancel)
    {
        CurrentStep.Context = context;
        var frame = step.Gang > 1 ? null : new StepFrame(parameters.CreateFlow(), await ResolveAsync().ConfigureAwait(false), step.ArtifactCount, context, cancel);
        context.IsInStep = true;
        if (frame is null) frame = await GangRunner.InvokeAsync(step, host, context, async () => (parameters.CreateFlow(), await ResolveAsync().ConfigureAwait(false)), cancel).ConfigureAwait(false);
        else await host.InvokeAsync(step, frame).ConfigureAwait(false);
        var marks = !StepOutputs.WantsAgain(flow, step, frame) ? TaskMarks.None : StepOutputs.StopsAtMax(step, task.Task) ? TaskMarks.StoppedAtMax : TaskMarks.GoesOn;
        context.IsStoring = true;
        return (await StoreAsync(frame.Outputs).ConfigureAwait(false), marks);

        async ValueTask<object?[]> ResolveAsync()
        {
            var inputs = SliceInputs.Decode(task.Inputs, step);
            await _inputs.ResolveAsync(step, task.Task.Index, inputs, cancel).ConfigureAwait(false);
            return inputs;
        }
    }

    private async ValueTask<ImmutableArray<StoredValue>> StoreAsync(object?[] values)
    {
        var stored = ImmutableArray.CreateBuilder<StoredValue>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var artifact = flow.Artifacts[step.FirstArtifact + i];
            StepOutputs.Check(step, artifact, values[i]);
            stored.Add(await StepOutputs.StoreAsync(flow, artifacts, step.FirstArtifact + i, values[i]).ConfigureAwait(false));
        }

        return stored.DrainToImmutable();
    }
}
