namespace FlowGen.Runs;

/// <summary>An encoded value: its identity, and where its bytes are. Up to 4 KiB they travel in the log record, up to 1 MiB in the pack of the record's group, bigger ones are blobs of their own.</summary>
internal sealed class StoredValue(Hash256 hash, long size)
{
    public const int InlineLimit = 4 * 1024;
    public const int PackLimit = 1024 * 1024;

    /// <summary>SHA-256 of the encoding; above 8 MiB, of the list of its chunks' hashes (H10).</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>Length of the encoding in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>The bytes, while they are in memory. Always set for inline values; for packed ones until the group is durable; never for bigger ones.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; set; }

    /// <summary>For a packed value, hash of the pack, once the group was written; for a blob, the blob's own name.</summary>
    public Hash256? Container { get; set; }

    /// <summary>Generation of the blob or pack.</summary>
    public int Generation { get; set; }

    /// <summary>For a packed value, where it starts in the pack.</summary>
    public int Offset { get; set; }
}
