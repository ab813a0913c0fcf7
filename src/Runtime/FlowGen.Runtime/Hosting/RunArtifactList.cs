namespace FlowGen;

/// <summary>An artifact of a run that exists once per item of a foreach.</summary>
/// <typeparam name="T">Type of one value.</typeparam>
public sealed class RunArtifactList<T>
{
    private readonly FlowRunData _data;
    private readonly int _artifact;

    internal RunArtifactList(FlowRunData data, int artifact) => (_data, _artifact) = (data, artifact);

    /// <summary>Number of items, whether their tasks succeeded or not; 0 while the collection is not known.</summary>
    public int Count => _data.Find(_artifact) is { } place ? _data.State.CountOf(place.Step) : 0;

    /// <summary>The artifact of one item.</summary>
    /// <param name="index">Index of the item, from 0.</param>
    public RunArtifact<T> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            return new RunArtifact<T>(_data, _artifact, index);
        }
    }

    /// <summary>Reads the values of all items, in their order.</summary>
    /// <exception cref="ArtifactUnavailableException">One has no value, or the collection was never made; the message says why.</exception>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<T>> ToListAsync(CancellationToken cancel = default)
    {
        var name = _data.Flow.Artifacts[_artifact].Name;
        if (_data.Find(_artifact) is not { } place)
            throw new ArtifactUnavailableException($"Artifact {name} of run {_data.State.Manifest.Run} does not exist: the flow had no such artifact when that run was made.");
        if (!_data.State.IsExpanded(place.Step))
            throw new ArtifactUnavailableException($"Artifact {name} of run {_data.State.Manifest.Run} does not exist: the collection that its step iterates was not made.");

        var values = new T[Count];
        for (var i = 0; i < values.Length; i++) values[i] = await this[i].GetAsync(cancel).ConfigureAwait(false);
        return values;
    }
}
