using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>What earlier runs left of one flow: the run that is resumed, and behind it those that it resumed itself, which are read only when somebody asks.</summary>
/// <param name="flow">What the run's log says of it.</param>
/// <param name="run">The run.</param>
/// <param name="before">Finds the same in the run that this one resumed.</param>
internal sealed class Origin(FlowState flow, RunManifest run, Func<ValueTask<Origin?>> before)
{
    private readonly Lazy<Task<Origin?>> _before = new(() => before().AsTask());

    public FlowState Flow => flow;

    public RunManifest Run => run;

    public string NameOf(TaskAddress task) => run.Graph.NameOf(task);

    /// <summary>A run and those before it.</summary>
    public static Origin Of(RunState state, RunStore store, CancellationToken cancel) => new(state, state.Manifest, async () =>
    {
        if (state.Manifest.Origin is not { } earlier) return null;
        try
        {
            return Of(await store.ReadAsync(earlier, cancel).ConfigureAwait(false), store, cancel);
        }
        catch (FlowException e) when (e is not Storage.StoreUnavailableException)
        {
            // It was removed, and what it alone knew with it.
            return null;
        }
    });

    /// <summary>What is left of the flow that a task is: of the latest run that opened it. Nothing, if it had other parameters there.</summary>
    public async ValueTask<Origin?> OfAsync(RunScope today, TaskAddress task, Hash256 parameters, CancellationToken cancel)
    {
        if (Takeover.Find(GraphDescription.Of(today.Flow), task.Step, flow.Graph) is { } old && flow.SubFlows.TryGetValue(task with { Step = old, Outer = null }, out var inner))
        {
            if (inner.Parameters == parameters) return new Origin(inner, run, async () => await _before.Value.ConfigureAwait(false) is { } earlier ? await earlier.OfAsync(today, task, parameters, cancel).ConfigureAwait(false) : null);
            today.Observer.Notice($"{today.NameOf(task)} starts anew: its parameters are not those of run {run.Run}.");
            return null;
        }

        return await _before.Value.WaitAsync(cancel).ConfigureAwait(false) is { } further ? await further.OfAsync(today, task, parameters, cancel).ConfigureAwait(false) : null;
    }
}
