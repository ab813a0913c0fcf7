namespace FlowGen;

/// <summary>A local file given as a parameter. Its content is stored once when the run starts; every task, anywhere, reads that stored content.</summary>
/// <remarks>A relative path is looked up in the current directory, then in the project's.</remarks>
public sealed class InputFile
{
    /// <summary>Names a file.</summary>
    /// <param name="path">Absolute, or relative to the current directory or the project's.</param>
    public InputFile(string path) => Path = path;

    internal InputFile(string path, Hash256 hash, long length, Func<Stream>? open) : this(path)
    {
        (Hash, Length, Open) = (hash, length, open);
    }

    /// <summary>A file that is in memory only, such as in a test: a flow that is started with it reads this content.</summary>
    /// <param name="path">Its name, for people.</param>
    /// <param name="content">Its content, stored in UTF-8.</param>
    public static InputFile FromText(string path, string content) => FromBytes(path, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>A file that is in memory only, such as in a test: a flow that is started with it reads this content.</summary>
    /// <param name="path">Its name, for people.</param>
    /// <param name="content">Its content.</param>
    public static InputFile FromBytes(string path, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(path) { Open = () => new MemoryStream(content, writable: false) };
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the content (see docs/storage-format.md), once the run has started.</summary>
    internal Hash256? Hash { get; }

    /// <summary>Length of the content in bytes, once the run has started.</summary>
    internal long? Length { get; }

    /// <summary>Where the content is in the store, once the run has started.</summary>
    internal Runs.StoredValue? Stored { get; init; }

    /// <summary>Opens content that is somewhere else than in a file; <c>null</c> if it is in one.</summary>
    internal Func<Stream>? Open { get; private init; }

    /// <summary>Opens the content for reading. In a run this is the stored content; otherwise (in a unit test) the file itself.</summary>
    public Stream OpenRead() => Open?.Invoke() ?? File.OpenRead(Path);

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
