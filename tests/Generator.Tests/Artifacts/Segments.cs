using System.Buffers;

namespace Generator.Tests.Artifacts;

/// <summary>Bytes in segments of a given length, as a store hands them out.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

    public static ReadOnlySequence<byte> Of(byte[] bytes, int length)
    {
        Segments? first = null, last = null;
        foreach (var chunk in bytes.Chunk(length))
        {
            var next = new Segments(chunk, last is null ? 0 : last.RunningIndex + last.Memory.Length);
            if (last is not null) last.Next = next;
            first ??= next;
            last = next;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }
}
