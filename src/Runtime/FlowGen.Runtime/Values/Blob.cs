using FlowGen.Runs;

namespace FlowGen;

/// <summary>
/// Content of any size that never has to fit in memory: a file, an archive, a trained model. It is made by a step and stored while it is written, in chunks of 8 MiB; a step that takes it reads
/// only what it asks for. It can be an artifact or a part of one (a member, an item, a value of a dictionary), but no parameter: those take files as <see cref="InputFile"/>.
/// </summary>
/// <remarks>Immutable, and safe to read from any thread. Two blobs are equal if their contents are. Outside of a run, as in a unit test, its content is kept in memory up to 1 MiB and in a temporary file beyond.</remarks>
public sealed class Blob : IEquatable<Blob>
{
    /// <summary>What <see cref="ReadAllBytesAsync"/> reads at most unless it is told otherwise: 256 MiB.</summary>
    public const int DefaultLimit = 256 * 1024 * 1024;

    private Tuple<ArtifactStore, StoredValue> _place;

    internal Blob(ArtifactStore store, StoredValue content) => _place = Tuple.Create(store, content);

    /// <summary>Length in bytes.</summary>
    public long Length => Content.Size;

    /// <summary>Identity of the content in 64 hexadecimal digits: its SHA-256; above 8 MiB, that of the hashes of its chunks (see docs/storage-format.md).</summary>
    public string Hash => Content.Hash.ToString();

    internal StoredValue Content => Volatile.Read(ref _place).Item2;

    internal ArtifactStore Store => Volatile.Read(ref _place).Item1;

    /// <summary>Stores what <paramref name="write"/> writes, while it writes.</summary>
    /// <param name="write">Writes the content; the stream can only be written.</param>
    /// <param name="cancel">Stops; nothing is stored then.</param>
    /// <exception cref="FlowException">The store cannot be written.</exception>
    public static async Task<Blob> WriteAsync(Func<Stream, Task> write, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var room = BlobRoom.Current;
        var writer = room.Store.CreateBlob(cancel);
        try
        {
            await write(writer).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return new Blob(room.Store, await writer.CompleteAsync(room).ConfigureAwait(false));
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>Stores the rest of a stream.</summary>
    /// <param name="content">Is read to its end and left open.</param>
    /// <param name="cancel">Stops; nothing is stored then.</param>
    /// <exception cref="FlowException">The store cannot be written.</exception>
    public static Task<Blob> FromStreamAsync(Stream content, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return WriteAsync(async writer => await ((BlobWriter)writer).CopyFromAsync(content, cancel).ConfigureAwait(false), cancel);
    }

    /// <summary>Stores a file.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="cancel">Stops; nothing is stored then.</param>
    /// <exception cref="IOException">The file cannot be read, or changed meanwhile.</exception>
    /// <exception cref="FlowException">The store cannot be written.</exception>
    public static async Task<Blob> FromFileAsync(string path, CancellationToken cancel = default)
    {
        await using var file = WatchedFile.Open(path);
        var blob = await FromStreamAsync(file.Content, cancel).ConfigureAwait(false);
        return file.IsUnchanged(blob.Length) ? blob : throw new IOException($"The file {path} changed while it was stored. Write it to its end first.");
    }

    /// <summary>Stores bytes.</summary>
    /// <exception cref="FlowException">The store cannot be written.</exception>
    public static Blob FromBytes(ReadOnlySpan<byte> content)
    {
        var room = BlobRoom.Current;
        var writer = room.Store.CreateBlob(CancellationToken.None);
        try
        {
            writer.Write(content);
            return new Blob(room.Store, writer.CompleteAsync(room).AsTask().GetAwaiter().GetResult());
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>Opens the content for reading. The stream can seek, reads the chunks it needs, a few ahead if it is read from front to back, and checks each against its hash; one thread may use it at a time.</summary>
    public Stream OpenRead()
    {
        var (store, content) = Volatile.Read(ref _place);
        return store.OpenRead(content);
    }

    /// <summary>Copies the content to a stream.</summary>
    /// <exception cref="FlowException">The store cannot be read, or what it holds is damaged.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        await using var content = OpenRead();
        await content.CopyToAsync(target, cancel).ConfigureAwait(false);
    }

    /// <summary>The whole content in memory.</summary>
    /// <param name="limit">Number of bytes beyond which nothing is read.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InvalidOperationException">The content is longer than <paramref name="limit"/>.</exception>
    /// <exception cref="FlowException">The store cannot be read, or what it holds is damaged.</exception>
    public async Task<byte[]> ReadAllBytesAsync(int limit = DefaultLimit, CancellationToken cancel = default)
    {
        if (Length > Math.Min(limit, Array.MaxLength))
            throw new InvalidOperationException($"The blob has {Length} bytes, more than the {limit} that were allowed. Read it as a stream with OpenRead(), or allow more.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)Length);
        await using var content = OpenRead();
        await content.ReadExactlyAsync(bytes, cancel).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Writes the content to a file, which is replaced if there is one. It appears when all is written.</summary>
    /// <param name="path">Absolute, or relative to the current directory. Its folder must exist.</param>
    /// <param name="cancel">Stops; nothing has happened then.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="FlowException">The store cannot be read, or what it holds is damaged.</exception>
    public async Task SaveAsAsync(string path, CancellationToken cancel = default)
    {
        var target = Path.GetFullPath(path);
        var part = $"{target}.{Path.GetRandomFileName()}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous)) await CopyToAsync(file, cancel).ConfigureAwait(false);
#pragma warning disable RS0030 // With overwrite it is a rename: readers see the old file or the new one.
            File.Move(part, target, overwrite: true);
#pragma warning restore RS0030
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Whether the contents are the same.</summary>
    public bool Equals(Blob? other) => other is not null && other.Content.Hash == Content.Hash && other.Length == Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Blob);

    /// <inheritdoc/>
    public override int GetHashCode() => Content.Hash.GetHashCode();

    /// <summary>Length and the beginning of the hash.</summary>
    public override string ToString() => $"Blob of {Length} bytes, {Hash[..12]}";

    /// <summary>The same content lies in another store now; that is where it is read from here on.</summary>
    internal void MoveTo(ArtifactStore store, StoredValue content) => Volatile.Write(ref _place, Tuple.Create(store, content));
}
