using System.Buffers;

namespace FlowGen.Runs;

/// <summary>
/// A value in chunks as one sequence of bytes. A chunk is read, decompressed and checked when somebody looks into it; the next ones are read ahead, and those behind the
/// reader are let go. Looking back works: the chunk is read again. Buffers are left to the garbage collector, since a span of a released chunk may still be in use.
/// </summary>
internal sealed class ChunkedContent(BlobObjects blobs, ChunkList list, int generation, CancellationToken cancel)
{
    private const int Ahead = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Task<ReadOnlyMemory<byte>>> _loaded = [];

    public ReadOnlySequence<byte> AsSequence()
    {
        Segment? first = null, last = null;
        for (var i = 0; i < list.Chunks.Length; i++)
        {
            last = new Segment(new Chunk(this, i, list.LengthOf(i)).Memory, last);
            first ??= last;
        }
        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private ReadOnlyMemory<byte> Load(int chunk)
    {
        Task<ReadOnlyMemory<byte>> wanted;
        lock (_lock)
        {
            if (!_loaded.TryGetValue(chunk, out wanted!)) _loaded.Add(chunk, wanted = Start(chunk));
            // The chunk before stays, for values that lie on the border.
            foreach (var old in _loaded.Keys)
                if (old < chunk - 1 || old > chunk + Ahead) _loaded.Remove(old);
            for (var next = chunk + 1; next <= chunk + Ahead && next < list.Chunks.Length; next++)
                if (!_loaded.ContainsKey(next)) _loaded.Add(next, Start(next));
        }
        return wanted.GetAwaiter().GetResult();
    }

    private Task<ReadOnlyMemory<byte>> Start(int chunk) =>
        Task.Run(async () => await blobs.GetAsync(list.Chunks[chunk], generation, list.LengthOf(chunk), cancel), cancel);

    private sealed class Chunk(ChunkedContent owner, int index, int length) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(length);

        public override Span<byte> GetSpan() => System.Runtime.InteropServices.MemoryMarshal.AsMemory(owner.Load(index)).Span;

        public override MemoryHandle Pin(int elementIndex = 0) => System.Runtime.InteropServices.MemoryMarshal.AsMemory(owner.Load(index))[elementIndex..].Pin();

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
