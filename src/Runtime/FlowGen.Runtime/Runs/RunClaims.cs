using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// Who resumed a run: <c>next/&lt;n&gt;</c>, n = 0, 1, 2, ..., holds <c>[new run, random id, host, boot, process id, process start, store]</c>. Being put if absent, they are in one order for
/// everybody (H2). The process is there because one that is killed before it registers its run must not keep others from resuming.
/// </summary>
internal sealed class RunClaims(RunStore store, DriverProcess driver)
{
    public async ValueTask ClaimAsync(RunKey origin, RunKey successor, bool fork, CancellationToken cancel)
    {
        var content = Encode(successor);
        (RunKey Run, DriverProcess By)? latest = null;
        var latestKey = "";
        for (var n = 0; ;)
        {
            var key = $"{origin.Prefix}next/{n:d10}";
            if (await store.Objects.GetAsync(key, cancel) is { } bytes)
            {
                latest = Decode(store.Objects.Location, key, bytes);
                latestKey = key;
                n++;
                continue;
            }
            if (!fork && latest is var (run, by) && await IsAliveAsync(run, by, latestKey, cancel) is { } why) throw RunErrors.StillAlive(run, $"it resumes {origin}: {why}");
            if (await store.Objects.PutIfAbsentAsync(key, content, cancel) == PutOutcome.Stored) return;
            // Somebody else was faster: look at that claim as well.
        }
    }

    /// <summary>Why the run of a claim counts as alive, or <c>null</c>. One that is not registered yet has a minute for it.</summary>
    private async ValueTask<string?> IsAliveAsync(RunKey run, DriverProcess by, string claim, CancellationToken cancel)
    {
        if (await store.Reader.ReplayAsync(run, cancel) is not { } fold)
            return ThisMachine.IsRunning(by) != false && await store.Objects.AgeAsync(claim, cancel) < Beat.Limit ? "it is about to start" : null;
        if (fold.End is not null) return null;
        var (isAlive, why) = await store.LivenessAsync(run, fold, cancel);
        return isAlive ? why : null;
    }

    private ReadOnlySequence<byte> Encode(RunKey successor)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(7);
        writer.Write(successor.ToString());
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Write(driver.Host);
        writer.Write(driver.Boot);
        writer.Write(driver.ProcessId);
        writer.Write(driver.ProcessStart);
        writer.Write(driver.Store);
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Claim, content.WrittenMemory);
    }

    public static (RunKey Run, DriverProcess Driver) Decode(string location, string key, byte[] bytes) => Wire.Read(location, key, Envelope.Open(location, key, ObjectKind.Claim, bytes), Decode);

    private static (RunKey Run, DriverProcess Driver) Decode(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 7);
        var run = RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed");
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        return (run, new DriverProcess(Wire.ReadString(ref reader), Wire.ReadString(ref reader), reader.ReadInt32(), reader.ReadInt64(), Wire.ReadString(ref reader)));
    }
}
