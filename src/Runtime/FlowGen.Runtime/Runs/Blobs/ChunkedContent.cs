using System.Buffers;
using System.Runtime.InteropServices;

namespace FlowGen.Runs;

/// <summary>
/// A value in chunks as one sequence of bytes. A chunk is read, decompressed and checked when somebody looks into it; the next ones are read ahead, and those behind the reader are let go, but
/// for the one before, as values may lie on the border. Looking back works: the chunk is read again. Buffers are left to the garbage collector, since a span of a released chunk may still be in use.
/// </summary>
internal sealed class ChunkedContent(BlobObjects blobs, ChunkList list, int generation, CancellationToken cancel)
{
    private readonly ChunkWindow<ReadOnlyMemory<byte>> _window = new(list.Chunks.Length, behind: 1,
        chunk => Task.Run(async () => await blobs.GetAsync(list.Chunks[chunk], generation, list.LengthOf(chunk), cancel), cancel), static _ => { });

    public ReadOnlySequence<byte> AsSequence()
    {
        Segment? first = null, last = null;
        for (var i = 0; i < list.Chunks.Length; i++)
        {
            last = new Segment(new Chunk(_window, i, list.LengthOf(i)).Memory, last);
            first ??= last;
        }
        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Chunk(ChunkWindow<ReadOnlyMemory<byte>> window, int index, int length) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(length);

        public override Span<byte> GetSpan() => Load().Span;

        public override MemoryHandle Pin(int elementIndex = 0) => Load()[elementIndex..].Pin();

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }

        private Memory<byte> Load() => MemoryMarshal.AsMemory(window.LoadAsync(index).GetAwaiter().GetResult());
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
