namespace FlowGen.Runs;

/// <summary>A file that is read from front to back, and whether somebody wrote to it meanwhile: then what was read is no state it ever had (M17).</summary>
internal sealed class WatchedFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly (long Length, DateTime Written) _before;

    private WatchedFile(FileStream file) => (_file, _before) = (file, State(file));

    public Stream Content => _file;

    public static WatchedFile Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan));

    /// <param name="read">Number of bytes that were read.</param>
    public bool IsUnchanged(long read) => read == _before.Length && _before == State(_file);

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static (long, DateTime) State(FileStream file) => (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
}
