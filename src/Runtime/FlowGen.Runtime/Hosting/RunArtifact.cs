using System.Runtime.CompilerServices;
using FlowGen.Runs;

namespace FlowGen;

/// <summary>One artifact of a run, read when it is awaited.</summary>
/// <typeparam name="T">Its type.</typeparam>
public sealed class RunArtifact<T>
{
    private readonly FlowRunData _data;
    private readonly int _artifact;
    private readonly TaskIndex _index;

    internal RunArtifact(FlowRunData data, int artifact, TaskIndex index) => (_data, _artifact, _index) = (data, artifact, index);

    private string Name => _data.Flow.Artifacts[_artifact].Name + _index;

    /// <summary>Reads the value: <c>await run.Best</c>.</summary>
    /// <exception cref="ArtifactUnavailableException">There is no value; the message says why.</exception>
    public TaskAwaiter<T> GetAwaiter() => GetAsync().GetAwaiter();

    /// <summary>Reads the value.</summary>
    /// <exception cref="ArtifactUnavailableException">There is no value; the message says why.</exception>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public async Task<T> GetAsync(CancellationToken cancel = default) => Find(out var missing) is { } value
        ? await _data.DecodeAsync<T>(_artifact, value, Name, cancel).ConfigureAwait(false)
        : throw new ArtifactUnavailableException(missing!);

    /// <summary>Reads the value if there is one.</summary>
    /// <exception cref="ArtifactUnavailableException">There is a value, but of another type.</exception>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public async Task<(bool Found, T? Value)> TryGetAsync(CancellationToken cancel = default) => Find(out _) is { } value
        ? (true, await _data.DecodeAsync<T>(_artifact, value, Name, cancel).ConfigureAwait(false))
        : (false, default);

    private StoredValue? Find(out string? missing)
    {
        var state = _data.State;
        missing = $"Artifact {Name} of run {state.Manifest.Run} does not exist: ";
        if (_data.Find(_artifact) is not { } place)
        {
            missing += "the flow had no such artifact when that run was made.";
            return null;
        }

        var scope = state.Manifest.Graph.Steps[place.Step].Scope.Length;
        if (state.Find(new TaskAddress(place.Step, _index)) is not { } task)
        {
            missing += _index.IsEmpty ? "its step ran once per item in that run." : _index.Count != scope ? $"the tasks of its step have {(scope == 1 ? "one number" : $"{scope} numbers")} in that run." : $"there is no item {_index}.";
            return null;
        }

        missing = task.HasSucceeded && !task.GoesOn ? null : missing + _data.WhyMissing(task);
        return missing is null ? task.Outputs[place.Output] : null;
    }
}
