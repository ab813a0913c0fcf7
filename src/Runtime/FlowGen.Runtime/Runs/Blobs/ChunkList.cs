using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// The object that stands for a value above 8 MiB: <c>[total length, hashes of its chunks, 32 bytes each]</c>. The chunks are blobs of 8 MiB but for the last.
/// Its name, and the value's identity, is the SHA-256 of the concatenated hashes.
/// </summary>
internal sealed record ChunkList(Hash256 Identity, long Length, Hash256[] Chunks)
{
    public const int ChunkSize = Envelope.MaxContent;

    public static ChunkList Of(IReadOnlyList<Hash256> chunks, long length)
    {
        var hashes = new byte[chunks.Count * Hash256.Size];
        for (var i = 0; i < chunks.Count; i++) chunks[i].CopyTo(hashes.AsSpan(i * Hash256.Size));
        return new ChunkList(Hash256.Of(hashes), length, [.. chunks]);
    }

    public int LengthOf(int chunk) => (int)Math.Min(ChunkSize, Length - (long)chunk * ChunkSize);

    public byte[] Encode()
    {
        var content = new ArrayBufferWriter<byte>(Chunks.Length * Hash256.Size + 32);
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(2);
        writer.Write(Length);
        writer.WriteBinHeader(Chunks.Length * Hash256.Size);
        writer.Flush();
        foreach (var chunk in Chunks)
        {
            chunk.CopyTo(content.GetSpan(Hash256.Size));
            content.Advance(Hash256.Size);
        }
        return content.WrittenSpan.ToArray();
    }

    public static ChunkList Decode(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        var length = reader.ReadInt64();
        var hashes = Wire.ReadBytes(ref reader);
        if (length <= ChunkSize || hashes.Length % Hash256.Size != 0 || (length + ChunkSize - 1) / ChunkSize != hashes.Length / Hash256.Size)
            throw new FormatException("its length does not fit its chunks");
        var chunks = new Hash256[hashes.Length / Hash256.Size];
        for (var i = 0; i < chunks.Length; i++) chunks[i] = new Hash256(hashes.AsSpan(i * Hash256.Size));
        return new ChunkList(Hash256.Of(hashes), length, chunks);
    }
}
