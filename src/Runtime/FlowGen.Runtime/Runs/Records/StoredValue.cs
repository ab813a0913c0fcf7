namespace FlowGen.Runs;

/// <summary>
/// An encoded value: its identity, and where its bytes are. Up to 4 KiB they travel in the log record, up to 1 MiB in the pack of the record's group, bigger ones are
/// blobs named by their hash, which consist of chunks above 8 MiB. Safe to read from any thread while the log moves a value from memory to its pack.
/// </summary>
internal sealed class StoredValue
{
    public const int InlineLimit = 4 * 1024;
    public const int PackLimit = 1024 * 1024;

    /// <summary>The bytes while they are in memory, or the <see cref="Pack"/>, blob or <see cref="SlotPlace"/> that holds them: one reference, so that a reader never sees half a move.</summary>
    private object _place;

    private StoredValue(Hash256 hash, long size, object place, int offset) => (Hash, Size, _place, Offset) = (hash, size, place, offset);

    /// <summary>A value in memory.</summary>
    public static StoredValue Of(byte[] content) => new(Hash256.Of(content), content.Length, content, 0);

    /// <summary>A value in memory whose hash is known.</summary>
    public static StoredValue Of(Hash256 hash, byte[] content) => new(hash, content.Length, content, 0);

    /// <summary>A value that is a blob, in chunks or not.</summary>
    public static StoredValue InBlob(Hash256 hash, long size, int generation) => new(hash, size, new Pack(hash, generation), 0);

    /// <summary>A value that is part of a pack.</summary>
    public static StoredValue InPack(Hash256 hash, long size, Pack pack, int offset) => new(hash, size, pack, offset);

    /// <summary>A value that travels in a record, and was left in its slot: for whoever reads very many.</summary>
    public static StoredValue InSlot(Hash256 hash, long size, SlotPlace slot, int offset) => new(hash, size, slot, offset);

    /// <summary>SHA-256 of the encoding; above 8 MiB, of the list of its chunks' hashes (H10).</summary>
    public Hash256 Hash { get; }

    /// <summary>Length of the encoding in bytes.</summary>
    public long Size { get; }

    /// <summary>The bytes, while they are in memory: always for inline values, until the group is durable for packed ones, never for blobs. Not to be changed.</summary>
    public byte[]? Bytes => Volatile.Read(ref _place) as byte[];

    /// <summary>The pack or blob that holds the bytes; <c>null</c> while they are in memory.</summary>
    public Pack? Container => Volatile.Read(ref _place) as Pack;

    /// <summary>The slot that the bytes were left in.</summary>
    public SlotPlace? Slot => Volatile.Read(ref _place) as SlotPlace;

    /// <summary>Where it starts in the content of its pack or slot.</summary>
    public int Offset { get; private set; }

    /// <summary>Whether the value is a blob of its own.</summary>
    public bool IsBlob => Container is { } container && container.Hash == Hash;

    /// <summary>The blobs that the encoding refers to; <c>null</c> if there are none.</summary>
    public BlobReferences? References { get; private init; }

    /// <summary>Of a long collection that is iterated, where its items are (<see cref="ItemIndex"/>); otherwise <c>null</c>.</summary>
    public StoredValue? Items { get; private init; }

    /// <summary>The same value, which refers to blobs. Not once the log has it.</summary>
    public StoredValue Referring(BlobReferences references) => new(Hash, Size, _place, Offset) { References = references, Items = Items };

    /// <summary>The same value with the index of its items. Not once the log has it.</summary>
    public StoredValue Indexed(StoredValue items) => new(Hash, Size, _place, Offset) { References = References, Items = items };

    /// <summary>The group that holds the value is durable: memory is free for others. The first pack stays, if several hold it.</summary>
    public void MoveTo(Pack pack, int offset)
    {
        if (Container is not null) return;
        Offset = offset;
        Volatile.Write(ref _place, pack);
    }
}

/// <summary>A blob or pack by its name: the hash of its content and the gc generation it lies in.</summary>
internal sealed record Pack(Hash256 Hash, int Generation);

/// <summary>A slot of the log that is being read.</summary>
internal sealed record SlotPlace(int Number);
