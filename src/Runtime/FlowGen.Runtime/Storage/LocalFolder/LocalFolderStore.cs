using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowGen.Storage;

/// <summary>
/// A store in a folder, on a local disk or NFS (C4). An object is written to <c>tmp/</c>, flushed, and made visible by <c>link</c>, so that it is either there whole
/// or not at all, and of many writers exactly one wins. What is on the disk is what was acknowledged: files are flushed before they get their name, directories after.
/// Calls do their work on the caller's thread.
/// </summary>
internal sealed class LocalFolderStore : IObjectStore
{
    private readonly string _root;
    private readonly FolderTree _tree;

    public LocalFolderStore(string folder)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _tree = new FolderTree(_root);
    }

    public string Location => _root;

    /// <summary>Flushes of files and directories so far: each waits for the disk, so there is a budget for them.</summary>
    public long Syncs => _tree.Syncs;

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        var directory = Path.GetDirectoryName(path)!;
        return new(Guard(path, () =>
        {
            _tree.Ensure(directory);
            var temporary = WriteTemporary(content, durable: true);
            try
            {
                var stored = FileLink.TryLink(_root, temporary, path, () => _tree.EnsureAgain(directory));
                // Also when it was refused: whoever relies on what is there may have it durable.
                _tree.Sync(directory);
                if (stored) return PutOutcome.Stored;
                // On NFS the reply to a link that succeeded can be lost; then it is the retry that was refused (C3).
                return Read(path, 0, int.MaxValue) is { } found && ReadBack.IsOwn(found, content) ? PutOutcome.Stored : PutOutcome.Exists;
            }
            finally
            {
                File.Delete(temporary);
            }
        }));
    }

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        Guard(path, () =>
        {
            _tree.Ensure(Path.GetDirectoryName(path)!);
            FileLink.Replace(_root, WriteTemporary(content, durable: false), path);
            return 0;
        });
        return default;
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) =>
        GetRangeAsync(key, 0, Envelope.MaxContent + Envelope.Overhead + 1, cancel); // a file that is larger is no object, whoever put it there

    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        return new(Guard(path, () => Read(path, offset, length)));
    }

    public ValueTask<int?> GetAsync(string key, Memory<byte> buffer, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        return new(Guard(path, () => Read(path, buffer.Span)));
    }

    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        return new(Guard<long?>(path, () =>
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            _tree.Sync(Path.GetDirectoryName(path)!); // its writer may have crashed before it did that
            return file.Length;
        }));
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var found in FolderListing.Objects(_root, ObjectKey.CheckPrefix(prefix), after))
        {
            cancel.ThrowIfCancellationRequested();
            yield return found;
        }
        await ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var name in FolderListing.Folders(_root, ObjectKey.CheckPrefix(prefix)))
        {
            cancel.ThrowIfCancellationRequested();
            yield return name;
        }
        await ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        Guard(path, () =>
        {
            if (File.Exists(path)) File.Delete(path);
            return 0;
        });
        return default;
    }

    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(key);
        return new(Guard<TimeSpan?>(path, () =>
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            var age = Now() - file.LastWriteTimeUtc;
            return age > TimeSpan.Zero ? age : TimeSpan.Zero;
        }));
    }

    public ValueTask DeleteTemporaryAsync(TimeSpan olderThan, CancellationToken cancel = default)
    {
        var folder = Path.Combine(_root, FolderTree.Temporary);
        return new(Guard(folder, () =>
        {
            if (!Directory.Exists(folder)) return Task.CompletedTask;
            var now = Now();
            foreach (var path in Directory.EnumerateFiles(folder))
                if (now - File.GetLastWriteTimeUtc(path) > olderThan) File.Delete(path);
            return Task.CompletedTask;
        }));
    }

    public IAsyncEnumerable<string> ListStrangersAsync(CancellationToken cancel = default) => FolderListing.Strangers(_root).ToAsyncEnumerable();

    /// <summary>The clock of the file system: the time of a file that was just written. Where nothing may be written, this machine's.</summary>
    private DateTime Now()
    {
        var probe = Path.Combine(_root, FolderTree.Temporary, Guid.NewGuid().ToString("n"));
        try
        {
            using (File.OpenHandle(probe, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, FileOptions.DeleteOnClose))
                return File.GetLastWriteTimeUtc(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TimeProvider.System.GetUtcNow().UtcDateTime;
        }
    }

    private string PathOf(string key) => Path.Combine(_root, ObjectKey.Check(key).Replace('/', Path.DirectorySeparatorChar));

    private string WriteTemporary(in ReadOnlySequence<byte> content, bool durable)
    {
        _tree.Ensure(Path.Combine(_root, FolderTree.Temporary));
        var path = Path.Combine(_root, FolderTree.Temporary, Guid.NewGuid().ToString("n"));
        try
        {
            using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            var parts = new List<ReadOnlyMemory<byte>>();
            foreach (var part in content) parts.Add(part);
            RandomAccess.Write(file, parts, 0);
            if (!durable) return path;
            RandomAccess.FlushToDisk(file);
            _tree.CountSync();
            return path;
        }
        catch
        {
            try { File.Delete(path); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // the first error is the one to tell
            throw;
        }
    }

    private byte[]? Read(string path, long offset, int length)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(RandomAccess.GetLength(file) - offset, 0, Math.Min(length, Array.MaxLength)));
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), offset + read) is > 0 and var n) read += n;
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            FolderListing.ThrowIfFile(_root);
            return null;
        }
    }

    /// <summary>The length of the file; read if the buffer holds it.</summary>
    private int? Read(string path, Span<byte> buffer)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            if (length > buffer.Length) return (int)Math.Min(length, int.MaxValue);
            var read = 0;
            while (read < length && RandomAccess.Read(file, buffer[read..(int)length], read) is > 0 and var n) read += n;
            return read;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            FolderListing.ThrowIfFile(_root);
            return null;
        }
    }

    private T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Of(_root, path, e);
        }
    }
}
