using System.Collections.Concurrent;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Buffers that hold one chunk, or the object that it is: new ones cost as much as filling them (the system clears their pages), so a few are kept.</summary>
internal static class ChunkPool
{
    public const int Size = Envelope.MaxContent + Envelope.Overhead;

    private const int Kept = 8;

    private static readonly ConcurrentBag<byte[]> Buffers = [];

    public static byte[] Rent() => Buffers.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Size);

    public static void Return(byte[] buffer)
    {
        if (buffer.Length == Size && Buffers.Count < Kept) Buffers.Add(buffer);
    }
}
