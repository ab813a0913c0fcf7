using System.Buffers;

namespace FlowGen.Storage;

/// <summary>What a medium itself answers to a put-if-absent (C3).</summary>
internal enum PutAnswer
{
    Stored,
    Exists,

    /// <summary>Timeout, broken connection, 409, 5xx: it may be there or not, now or later.</summary>
    Unknown,
}

/// <summary>
/// Makes a sure answer of an unsure one (C3): the object is read back; its own bytes mean stored, other bytes mean exists, and absence means the same bytes are sent
/// again, with growing pauses, until there is an answer or the deadline passes.
/// </summary>
internal static class ReadBack
{
    public static async ValueTask<PutOutcome> ResolveAsync(
        IObjectStore store, string key, ReadOnlySequence<byte> content, Func<CancellationToken, ValueTask<PutAnswer>> put, TimeSpan deadline, TimeProvider time, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, TimeSpan.TicksPerSecond * 5)))
        {
            if (await put(cancel) == PutAnswer.Stored) return PutOutcome.Stored;
            if (await store.GetAsync(key, cancel) is { } found) return IsOwn(found, content) ? PutOutcome.Stored : PutOutcome.Exists;
            if (time.GetElapsedTime(start) > deadline)
                throw new StoreUnavailableException($"The store {store.Location} did not say whether it has stored '{key}'. Check that it can be reached.");
            await Task.Delay(pause, time, cancel);
        }
    }

    public static bool IsOwn(ReadOnlySpan<byte> found, in ReadOnlySequence<byte> content)
    {
        if (found.Length != content.Length) return false;
        foreach (var part in content)
        {
            if (!found[..part.Length].SequenceEqual(part.Span)) return false;
            found = found[part.Length..];
        }
        return true;
    }
}
