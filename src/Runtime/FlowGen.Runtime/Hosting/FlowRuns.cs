using System.Runtime.CompilerServices;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen;

/// <summary>The recorded runs of one flow, newest first.</summary>
/// <typeparam name="TRun">The generated type of its runs.</typeparam>
public sealed class FlowRuns<TRun> where TRun : FlowRun
{
    private readonly FlowDefinition _flow;
    private readonly Func<FlowRunData, TRun> _make;
    private readonly string _place;

    internal FlowRuns(FlowDefinition flow, Func<FlowRunData, TRun> make, string? store) => (_flow, _make, _place) = (flow, make, StoreLocation.OfProcess(store));

    /// <summary>The newest run, whatever its state.</summary>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public Task<TRun> LatestAsync(CancellationToken cancel = default) => GetAsync("latest", cancel);

    /// <summary>The newest run that succeeded.</summary>
    /// <param name="tag">If given, only runs that carry it now.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public async Task<TRun> LatestSuccessfulAsync(string? tag = null, CancellationToken cancel = default)
    {
        var store = await OpenAsync(cancel).ConfigureAwait(false);
        return await store.LatestSuccessfulAsync(_flow.Name, tag, cancel).ConfigureAwait(false) is { } found
            ? await ReadAsync(store, found.Run, cancel).ConfigureAwait(false)
            : throw new FlowException(RunErrors.NoRuns, $"There is no run of {_flow.Name} that succeeded{(tag is null ? "" : $" and has the tag '{tag}'")} in the store {_place}.", ExitCodes.NotFound);
    }

    /// <summary>One run.</summary>
    /// <param name="id">Its id, the short form, <c>latest</c>, <c>latest-failed</c> or <c>@tag</c>.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public async Task<TRun> GetAsync(string id, CancellationToken cancel = default)
    {
        var store = await OpenAsync(cancel).ConfigureAwait(false);
        return await ReadAsync(store, await store.ResolveAsync(_flow.Name, id, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    /// <summary>All runs, newest first, read one by one.</summary>
    public async IAsyncEnumerable<TRun> ListAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var store = await OpenAsync(cancel).ConfigureAwait(false);
        await foreach (var run in store.ListAsync(_flow.Name, cancel).ConfigureAwait(false)) yield return await ReadAsync(store, run, cancel).ConfigureAwait(false);
    }

    /// <summary>The runs that are meant, newest first unless sorted.</summary>
    /// <param name="filter">Which; its flow is this one.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">The filter makes no sense, or the store cannot be read.</exception>
    public async Task<IReadOnlyList<TRun>> FindAsync(RunFilter filter, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var store = await OpenAsync(cancel).ConfigureAwait(false);
        var runs = new List<TRun>();
        foreach (var row in await filter.ToQuery(_flow.Name).FindAsync(store, cancel).ConfigureAwait(false)) runs.Add(await ReadAsync(store, row.Run.Run, cancel).ConfigureAwait(false));
        return runs;
    }

    private ValueTask<RunStore> OpenAsync(CancellationToken cancel) => RunStore.OpenAsync(ObjectStores.Open(_place), forWriting: false, TimeProvider.System, cancel);

    private async Task<TRun> ReadAsync(RunStore store, RunKey run, CancellationToken cancel) =>
        _make(new FlowRunData(_flow, await store.ReadAsync(run, cancel).ConfigureAwait(false), store.Artifacts));
}
