using FlowGen.CompilerServices;
using FlowGen.Executing;

namespace FlowGen;

/// <summary>An input that is not read before the step asks for it, or the result of another run as a parameter (<see cref="FromRunAttribute"/>). It cannot be returned or stored.</summary>
/// <typeparam name="T">Type of the artifact.</typeparam>
public sealed class Artifact<T> : IRunArtifact
{
    private readonly Func<CancellationToken, ValueTask<T>>? _read;

    private Artifact(string run) => (Name, Hash, Run) = ("", "", run);

    internal Artifact(string name, string hash, long size, Func<CancellationToken, ValueTask<T>> read) => (Name, Hash, Size, _read) = (name, hash, size, read);

    /// <summary>The result of a run, found when the run starts that takes it.</summary>
    internal static Artifact<T> OfRun(string run) => new(run);

    /// <summary>Id of the run that made it, such as <c>retrain/7zzd0q2k-x3k9q2mf</c>; <c>null</c> if it is an artifact of the same run.</summary>
    public string? Run { get; private init; }

    /// <summary>Name of the artifact with the index of its task, such as <c>model[3]</c>.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its encoding in lower-case hexadecimal digits: equal values have equal hashes.</summary>
    public string Hash { get; }

    /// <summary>Length of its encoding in bytes.</summary>
    public long Size { get; }

    /// <summary>Reads the value; a new copy each time if it can be changed.</summary>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancel = default) =>
        _read?.Invoke(cancel) ?? throw new InvalidOperationException($"The result of run {Run} can be read in the steps of the run that takes it.");

    object IRunArtifact.Found(string run, ArtifactHandle handle) =>
        new Artifact<T>(handle.Name, handle.Hash, handle.Size, async cancel => (T)(await handle.Read(cancel).ConfigureAwait(false))!) { Run = run };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
