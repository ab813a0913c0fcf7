using System.Buffers;
using System.Globalization;
using FlowGen.Runs;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// Who is making a result just now (H12): <c>flight/&lt;key&gt;/&lt;n&gt;</c>, n = 0, 1, 2, ..., holds <c>[run, task, random id]</c>, and <c>&lt;n&gt;-end</c> says that this is over. It only spares work: that two
/// tasks make the same result is harmless. A claim counts while its run is alive.
/// </summary>
internal sealed class CacheFlight(RunStore store, RunKey run)
{
    /// <summary>Claims that a result is made here. <c>null</c> if another task is at it.</summary>
    /// <returns>The name of the claim, for <see cref="EndAsync"/>.</returns>
    public async ValueTask<string?> TryLeadAsync(Hash256 key, string task, CancellationToken cancel)
    {
        var content = Encode(task);
        for (var n = 0; ; n++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"flight/{key}/{n:d10}");
            while (true)
            {
                if (await store.Objects.GetAsync(name, cancel).ConfigureAwait(false) is { } bytes)
                {
                    if (await store.Objects.SizeAsync(name + "-end", cancel).ConfigureAwait(false) is null && await IsAliveAsync(Decode(store.Objects.Location, name, bytes), cancel).ConfigureAwait(false)) return null;
                    break;
                }

                if (await store.Objects.PutIfAbsentAsync(name, content, cancel).ConfigureAwait(false) == PutOutcome.Stored) return name;
            }
        }
    }

    /// <summary>The result is there, or nobody makes it any more.</summary>
    public async ValueTask EndAsync(string claim, CancellationToken cancel) => await store.Objects.PutIfAbsentAsync(claim + "-end", Encode(""), cancel).ConfigureAwait(false);

    private async ValueTask<bool> IsAliveAsync(RunKey other, CancellationToken cancel)
    {
        if (other == run) return true;
        try
        {
            return (await store.SummarizeAsync(other, cancel).ConfigureAwait(false)).Status == RunStatus.Running;
        }
        catch (FlowException e) when (e is not StoreUnavailableException)
        {
            return false;
        }
    }

    private ReadOnlySequence<byte> Encode(string task)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(3);
        writer.Write(run.ToString());
        writer.Write(task);
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Claim, content.WrittenMemory);
    }

    public static RunKey Decode(string location, string key, byte[] bytes) => Wire.Read(location, key, Envelope.Open(location, key, ObjectKind.Claim, bytes), static (ref reader) =>
    {
        Wire.Array(ref reader, 3);
        var other = RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed");
        Wire.ReadString(ref reader);
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        return other;
    });
}
