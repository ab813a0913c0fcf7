using System.Buffers;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

/// <summary>Values to bytes and back, in one piece and in many.</summary>
internal static class Wire
{
    public static byte[] Encode<T, TCodec>(T value) where TCodec : struct, ICodec<T>
    {
        var buffer = new ArrayBufferWriter<byte>();
        Codec.Encode<T, TCodec>(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    public static T Decode<T, TCodec>(byte[] bytes) where TCodec : struct, ICodec<T> => Codec.Decode<T, TCodec>(new ReadOnlySequence<byte>(bytes));

    /// <summary>The same bytes as a sequence of segments of so many bytes.</summary>
    public static ReadOnlySequence<byte> Split(byte[] bytes, int segment)
    {
        if (bytes.Length == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Segment(bytes.AsMemory(0, Math.Min(segment, bytes.Length)), 0);
        var last = first;
        for (var i = segment; i < bytes.Length; i += segment)
            last = last.Append(bytes.AsMemory(i, Math.Min(segment, bytes.Length - i)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
