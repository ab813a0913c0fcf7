using System.Collections.Concurrent;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Buffers of one chunk: new ones cost as much as filling them (the system clears their pages), so a few are kept.</summary>
internal static class ChunkPool
{
    private const int Kept = 8;

    private static readonly ConcurrentBag<byte[]> Buffers = [];

    public static byte[] Rent() => Buffers.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Envelope.MaxContent);

    public static void Return(byte[] buffer)
    {
        if (buffer.Length == Envelope.MaxContent && Buffers.Count < Kept) Buffers.Add(buffer);
    }
}
