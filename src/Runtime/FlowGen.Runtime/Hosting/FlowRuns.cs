using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>The recorded runs of one flow, newest first.</summary>
/// <typeparam name="TRun">The generated type of its runs.</typeparam>
public sealed class FlowRuns<TRun> where TRun : FlowRun
{
    private readonly FlowDefinition _flow;
    private readonly Func<FlowRunData, TRun> _make;
    private readonly string? _store;

    internal FlowRuns(FlowDefinition flow, Func<FlowRunData, TRun> make, string? store) => (_flow, _make, _store) = (flow, make, store);

    /// <summary>The newest run, whatever its state.</summary>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public Task<TRun> LatestAsync(CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>The newest run that succeeded.</summary>
    /// <param name="tag">If given, only runs that carry it.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public Task<TRun> LatestSuccessfulAsync(string? tag = null, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>One run.</summary>
    /// <param name="id">Its id, the short form, <c>latest</c> or <c>latest-failed</c>.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public Task<TRun> GetAsync(string id, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>All runs, newest first, read one by one.</summary>
    public IAsyncEnumerable<TRun> ListAsync(CancellationToken cancel = default) => throw new NotSupportedException();
}
