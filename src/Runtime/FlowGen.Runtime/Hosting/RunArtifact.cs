using System.Runtime.CompilerServices;
using FlowGen.CommandLine;
using FlowGen.Runs;

namespace FlowGen;

/// <summary>One artifact of a run, read when it is awaited.</summary>
/// <typeparam name="T">Its type.</typeparam>
public sealed class RunArtifact<T>
{
    private readonly FlowRunData _data;
    private readonly int _artifact;
    private readonly int _index;

    internal RunArtifact(FlowRunData data, int artifact, int index) => (_data, _artifact, _index) = (data, artifact, index);

    private string Name => _data.Flow.Artifacts[_artifact].Name + (_index < 0 ? "" : $"[{_index}]");

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

        var address = new TaskAddress(place.Step, _index < 0 ? default : (TaskIndex)_index);
        if (state.Find(address) is not { } task)
        {
            missing += _index < 0 ? "its step ran once per item in that run." : $"there is no item {_index}.";
            return null;
        }

        if (task.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused)
        {
            missing = null;
            return task.Outputs[place.Output];
        }

        missing += task.Status switch
        {
            FlowTaskStatus.Failed => $"task {state.NameOf(address)} failed: {Describe(task)}",
            FlowTaskStatus.Blocked when task.BlockedBy is { } cause => $"task {state.NameOf(address)} did not run, because {state.NameOf(cause)} failed: {Describe(state.Find(cause))}",
            FlowTaskStatus.Skipped => $"task {state.NameOf(address)} was skipped.",
            _ => $"task {state.NameOf(address)} has not finished; the run is {StatusNames.Of(state.Status)}.",
        };
        return null;
    }

    private static string Describe(TaskState? task) => task?.Error is { } error ? RunView.Describe(error) : "no error was recorded.";
}
