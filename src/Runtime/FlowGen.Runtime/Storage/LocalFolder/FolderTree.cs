using System.Collections.Concurrent;

namespace FlowGen.Storage;

/// <summary>The directories of a store. Remembers which of them exist and are durable, because each question to the system and each flush costs more than a small object.</summary>
internal sealed class FolderTree(string root)
{
    public const string Temporary = "tmp";

    private readonly ConcurrentDictionary<string, bool> _ready = new(StringComparer.Ordinal);
    private long _syncs;

    public long Syncs => Interlocked.Read(ref _syncs);

    public void CountSync() => Interlocked.Increment(ref _syncs);

    /// <summary>Makes a directory of the store, with those above it, and makes their names durable.</summary>
    public void Ensure(string directory)
    {
        if (_ready.ContainsKey(directory)) return;
        var parent = Path.GetDirectoryName(directory);
        var isRoot = directory == root;
        var exists = Directory.Exists(directory);
        // Above the root only what is made here is flushed; inside, also what exists, since whoever made it may have crashed before that.
        if (parent is not null && (!isRoot || !exists)) Ensure(isRoot, parent);
        Directory.CreateDirectory(directory);
        if (isRoot && !exists) File.WriteAllText(Path.Combine(root, ".gitignore"), "*\n");
        if (parent is not null && !(exists && isRoot) && Path.GetFileName(directory) != Temporary) Sync(parent);
        _ready[directory] = true;
    }

    /// <summary>The directory was there and is not any more.</summary>
    public void EnsureAgain(string directory)
    {
        _ready.Clear();
        Ensure(directory);
    }

    /// <summary>Makes the names in a directory durable. On Windows they are when <c>MoveFileEx</c> returns.</summary>
    public void Sync(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        if (Libc.SyncDirectory(directory) is not 0 and var error && !CannotSync(error)) throw FolderErrors.Of(root, directory, error);
        CountSync();
    }

    /// <summary>Some network file systems have no such call for directories (EINVAL, EBADF) because they write names through; where a directory may be written but not read (EACCES), there is no way.</summary>
    private static bool CannotSync(int error) => error is 22 or 9 or 13;

    private void Ensure(bool aboveRoot, string directory)
    {
        if (!aboveRoot) Ensure(directory);
        else if (!Directory.Exists(directory))
        {
            if (Path.GetDirectoryName(directory) is not { } parent) return;
            Ensure(true, parent);
            Directory.CreateDirectory(directory);
            Sync(parent);
        }
    }
}
