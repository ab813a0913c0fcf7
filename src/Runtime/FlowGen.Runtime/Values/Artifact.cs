namespace FlowGen;

/// <summary>An input that is not read before the step asks for it. Only an input: it cannot be returned or stored.</summary>
/// <typeparam name="T">Type of the artifact.</typeparam>
public sealed class Artifact<T>
{
    private readonly Func<CancellationToken, ValueTask<T>> _read;

    internal Artifact(string name, string hash, long size, Func<CancellationToken, ValueTask<T>> read) => (Name, Hash, Size, _read) = (name, hash, size, read);

    /// <summary>Name of the artifact with the index of its task, such as <c>model[3]</c>.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its encoding in lower-case hexadecimal digits: equal values have equal hashes.</summary>
    public string Hash { get; }

    /// <summary>Length of its encoding in bytes.</summary>
    public long Size { get; }

    /// <summary>Reads the value; a new copy each time if it can be changed.</summary>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancel = default) => _read(cancel);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
