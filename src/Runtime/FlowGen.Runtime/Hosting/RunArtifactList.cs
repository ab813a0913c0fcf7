using FlowGen.Runs;

namespace FlowGen;

/// <summary>An artifact of a run that exists once for each task of a foreach.</summary>
/// <typeparam name="T">Type of one value.</typeparam>
public sealed class RunArtifactList<T>
{
    private readonly FlowRunData _data;
    private readonly int _artifact;

    internal RunArtifactList(FlowRunData data, int artifact) => (_data, _artifact) = (data, artifact);

    /// <summary>Number of tasks, whether they succeeded or not, as far as their collections are known.</summary>
    public int Count => _data.Find(_artifact) is { } place ? _data.State.CountOf(place.Step) : 0;

    /// <summary>The artifact of one task: <c>run.Fit[3]</c>, <c>run.Score[3, 1]</c>.</summary>
    /// <param name="index">Index of the task in its dimensions, slowest first, from 0.</param>
    public RunArtifact<T> this[params ReadOnlySpan<int> index]
    {
        get
        {
            if (index.IsEmpty) throw new ArgumentException("An index has at least one number.", nameof(index));
            return new RunArtifact<T>(_data, _artifact, TaskIndex.Of(index));
        }
    }

    /// <summary>Reads the values of all tasks that were not skipped, in index order.</summary>
    /// <exception cref="ArtifactUnavailableException">A task failed, was blocked or has not run, or a collection was never made; the message says which and why.</exception>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<T>> ToListAsync(CancellationToken cancel = default)
    {
        var place = Place();
        if (!_data.State.IsExpanded(place.Step)) throw Unavailable("the collection that its step iterates was not made.");
        var values = new List<T>();
        foreach (var task in _data.State.TasksOf(place.Step))
        {
            if (task.GoesOn || task.Status == FlowTaskStatus.Skipped) continue;
            if (!task.HasSucceeded) throw new ArtifactUnavailableException($"Artifact {NameOf(task)} of run {_data.State.Manifest.Run} does not exist: {_data.WhyMissing(task)}");
            values.Add(await _data.DecodeAsync<T>(_artifact, task.Outputs[place.Output], NameOf(task), cancel).ConfigureAwait(false));
        }

        return values;
    }

    /// <summary>Reads the values that exist, each with its index, in index order. Tasks that were skipped, failed, were blocked or have not run are left out.</summary>
    /// <exception cref="ArtifactUnavailableException">The flow had no such artifact when that run was made.</exception>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<Item<T>>> ToItemsAsync(CancellationToken cancel = default)
    {
        var place = Place();
        var items = new List<Item<T>>();
        foreach (var task in _data.State.TasksOf(place.Step))
        {
            if (!task.HasSucceeded || task.GoesOn) continue;
            items.Add(new Item<T>(task.Address.Index.ToArray(), await _data.DecodeAsync<T>(_artifact, task.Outputs[place.Output], NameOf(task), cancel).ConfigureAwait(false)));
        }

        return items;
    }

    private (int Step, int Output) Place() => _data.Find(_artifact) ?? throw Unavailable("the flow had no such artifact when that run was made.");

    private string NameOf(TaskState task) => _data.Flow.Artifacts[_artifact].Name + task.Address.Index;

    private ArtifactUnavailableException Unavailable(string why) => new($"Artifact {_data.Flow.Artifacts[_artifact].Name} of run {_data.State.Manifest.Run} does not exist: {why}");
}
