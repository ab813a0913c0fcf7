using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Who resumed a run: <c>next/&lt;n&gt;</c>, n = 0, 1, 2, ..., holds <c>[new run, random id]</c>. Being put if absent, they are in one order for everybody (H2).</summary>
internal sealed class RunClaims(RunStore store)
{
    public async ValueTask ClaimAsync(RunKey origin, RunKey successor, bool fork, CancellationToken cancel)
    {
        var content = Encode(successor);
        RunKey? latest = null;
        var latestKey = "";
        for (var n = 0; ;)
        {
            var key = $"{origin.Prefix}next/{n:d10}";
            if (await store.Objects.GetAsync(key, cancel) is { } bytes)
            {
                latest = Wire.Read(store.Objects.Location, key, Envelope.Open(store.Objects.Location, key, ObjectKind.Claim, bytes), Decode);
                latestKey = key;
                n++;
                continue;
            }
            if (!fork && latest is { } run && await IsAliveAsync(run, latestKey, cancel) is { } why) throw RunErrors.StillAlive(run, $"it resumes {origin}: {why}");
            if (await store.Objects.PutIfAbsentAsync(key, content, cancel) == PutOutcome.Stored) return;
            // Somebody else was faster: look at that claim as well.
        }
    }

    /// <summary>Why the run of a claim counts as alive, or <c>null</c>. One that is not registered yet has a minute for it.</summary>
    private async ValueTask<string?> IsAliveAsync(RunKey run, string claim, CancellationToken cancel)
    {
        if (await store.Reader.ReplayAsync(run, cancel) is not { } fold) return await store.Objects.AgeAsync(claim, cancel) < Beat.Limit ? "it is about to start" : null;
        if (fold.End is not null) return null;
        var (isAlive, why) = await store.LivenessAsync(run, fold.Epoch!.Driver, fold.Writer, fold.EpochSlot, cancel);
        return isAlive ? why : null;
    }

    private static ReadOnlySequence<byte> Encode(RunKey successor)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(2);
        writer.Write(successor.ToString());
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Claim, content.WrittenMemory);
    }

    private static RunKey Decode(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        var run = RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed");
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        return run;
    }
}
