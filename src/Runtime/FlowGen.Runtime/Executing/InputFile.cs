namespace FlowGen;

/// <summary>A local file given as a parameter. Its content is stored once when the run starts; every task, anywhere, reads that stored content.</summary>
/// <remarks>A relative path is looked up in the current directory, then in the project's.</remarks>
public sealed class InputFile
{
    private readonly Func<Stream>? _open;

    /// <summary>Names a file.</summary>
    /// <param name="path">Absolute, or relative to the current directory or the project's.</param>
    public InputFile(string path) => Path = path;

    internal InputFile(string path, Hash256 hash, long length, Func<Stream>? open) : this(path)
    {
        (Hash, Length, _open) = (hash, length, open);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the content (see docs/storage-format.md), once the run has started.</summary>
    internal Hash256? Hash { get; }

    /// <summary>Length of the content in bytes, once the run has started.</summary>
    internal long? Length { get; }

    /// <summary>Opens the content for reading. In a run this is the stored content; otherwise (in a unit test) the file itself.</summary>
    public Stream OpenRead() => _open is null ? File.OpenRead(Path) : _open();

    /// <summary>The whole content as text in UTF-8 (or as its byte order mark says).</summary>
    public string ReadAllText()
    {
        using var reader = new StreamReader(OpenRead());
        return reader.ReadToEnd();
    }

    /// <summary>The lines of the content, read one by one.</summary>
    public IEnumerable<string> ReadLines()
    {
        using var reader = new StreamReader(OpenRead());
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>Names a file.</summary>
    public static implicit operator InputFile(string path) => new(path);

    /// <summary>The path as it was given.</summary>
    public override string ToString() => Path;
}
