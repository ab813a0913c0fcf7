using FlowGen.CommandLine;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen;

/// <summary>The runs of a store, of all flows, read without the programs that made them: values are JSON. With the program at hand, the generated <c>Runs</c> of a flow gives them typed.</summary>
public sealed class RunHistory
{
    private readonly string _place;

    private RunHistory(string place) => _place = place;

    /// <summary>The runs of a store. Nothing is read yet, and reading never writes.</summary>
    /// <param name="store">Folder or URL of the datastore. Default: <c>FLOWGEN_DATASTORE</c>, else <c>.flowgen</c> at the solution or project root.</param>
    public static RunHistory Open(string? store = null) => new(StoreLocation.OfProcess(store));

    /// <summary>The runs that are meant, newest first unless sorted.</summary>
    /// <param name="filter">Which; <c>null</c> for all.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">The filter makes no sense, or the store cannot be read.</exception>
    public async Task<IReadOnlyList<RecordedRun>> FindAsync(RunFilter? filter = null, CancellationToken cancel = default)
    {
        var store = await OpenAsync(forWriting: false, cancel).ConfigureAwait(false);
        return [.. (await (filter ?? new RunFilter()).ToQuery().FindAsync(store, cancel).ConfigureAwait(false)).Select(row => new RecordedRun(store, row.Run))];
    }

    /// <summary>One run.</summary>
    /// <param name="name">Its id, the short form, <c>latest</c>, <c>latest-failed</c> or <c>@tag</c>; the id and the tag also after <c>flow/</c> where several flows have it.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">There is none, or the store cannot be read.</exception>
    public async Task<RecordedRun> GetAsync(string name, CancellationToken cancel = default)
    {
        var store = await OpenAsync(forWriting: false, cancel).ConfigureAwait(false);
        return new RecordedRun(store, await store.SummarizeAsync(await store.ResolveAsync(null, name, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false));
    }

    /// <summary>Gives tags to a run and takes others from it, as one change.</summary>
    /// <param name="name">The run, as in <see cref="GetAsync"/>.</param>
    /// <param name="add">Tags to give.</param>
    /// <param name="remove">Tags to take.</param>
    /// <param name="cancel">Stops waiting; the change may be made or not.</param>
    /// <exception cref="FlowException">There is no such run, a tag is none, or the store cannot be written.</exception>
    public async Task TagAsync(string name, IEnumerable<string> add, IEnumerable<string> remove, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(remove);
        string[] given = [.. add.Select(TagName.Check)], taken = [.. remove.Select(TagName.Check)];
        var run = await GetAsync(name, cancel).ConfigureAwait(false);
        var store = await OpenAsync(forWriting: true, cancel).ConfigureAwait(false);
        await store.Tags.ChangeAsync(run.Summary.Run, given, taken, cancel).ConfigureAwait(false);
    }

    /// <summary>Gives a tag to a run and takes it from all other runs of its flow, at one moment.</summary>
    /// <param name="name">The run, as in <see cref="GetAsync"/>.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="cancel">Stops waiting; the change may be made or not.</param>
    /// <exception cref="FlowException">There is no such run, the tag is none, or the store cannot be written.</exception>
    public async Task MoveTagAsync(string name, string tag, CancellationToken cancel = default)
    {
        TagName.Check(tag);
        var run = await GetAsync(name, cancel).ConfigureAwait(false);
        var store = await OpenAsync(forWriting: true, cancel).ConfigureAwait(false);
        await store.Tags.MoveAsync(run.Summary.Run, tag, cancel).ConfigureAwait(false);
    }

    private ValueTask<RunStore> OpenAsync(bool forWriting, CancellationToken cancel) => RunStore.OpenAsync(ObjectStores.Open(_place), forWriting, TimeProvider.System, cancel);
}
