using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Segments of proposals as objects: <c>[slice, number, worker, host, packs, [event, ...]]</c> (docs/storage-format.md).</summary>
internal static class ProposalCodec
{
    private enum EventKind { Start, Success, Failure, Logs, Progress }

    public static string Key(RunKey run, string slice, Guid worker, int number) => $"{SliceName.Proposals(run, slice, worker)}{number:d10}";

    /// <summary>Puts a segment; all that it refers to is in the store before it.</summary>
    public static async ValueTask PutAsync(IObjectStore objects, ArtifactStore artifacts, RunKey run, Proposal proposal, CancellationToken cancel)
    {
        var packs = new GroupPacks();
        var events = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(events);
        foreach (var happened in proposal.Events) Write(ref writer, happened, packs);
        writer.Flush();
        var placed = await artifacts.PutPacksAsync(packs, cancel);
        var key = Key(run, proposal.Slice, proposal.Worker, proposal.Number);
        await objects.PutIfAbsentAsync(key, Envelope.Wrap(ObjectKind.Proposal, Frame(proposal, placed, events.WrittenSpan)), cancel);
        packs.Release(placed);
    }

    /// <summary>A segment; <c>null</c> if it is not there yet.</summary>
    public static async ValueTask<Proposal?> GetAsync(IObjectStore objects, RunKey run, string slice, Guid worker, int number, CancellationToken cancel)
    {
        var key = Key(run, slice, worker, number);
        if (await objects.GetAsync(key, cancel) is not { } bytes) return null;
        var (proposal, _) = Read(objects.Location, key, bytes);
        return proposal.Slice == slice && proposal.Worker == worker && proposal.Number == number ? proposal : throw StoreErrors.DamagedObject(objects.Location, key, "it is another segment");
    }

    public static (ImmutableArray<Pack> Packs, ImmutableArray<StoredValue> Values) References(string store, string key, byte[] bytes)
    {
        var (proposal, packs) = Read(store, key, bytes);
        var values = proposal.Events.SelectMany(happened => happened switch
        {
            ProposedSuccess success => (IEnumerable<StoredValue>)success.Outputs,
            ProposedLogs logs => [logs.Pack],
            _ => [],
        });
        return ([.. packs], [.. values.Where(value => value.Container is not null || value.References is not null || value.Items is not null)]);
    }

    private static (Proposal Proposal, Pack[] Packs) Read(string store, string key, byte[] bytes) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Proposal, bytes), static (ref reader) =>
    {
        Wire.Array(ref reader, 6);
        var (slice, number, worker, host) = (SliceName.Read(ref reader), Wire.ReadIndex(ref reader), Wire.ReadGuid(ref reader), Wire.ReadString(ref reader));
        var packs = Wire.ReadPacks(ref reader);
        return (new Proposal(slice, number, worker, host, Wire.ReadArray(ref reader, (ref r) => ReadEvent(ref r, packs))), packs);
    });

    private static byte[] Frame(Proposal proposal, Pack[] packs, ReadOnlySpan<byte> events)
    {
        var frame = new ArrayBufferWriter<byte>(events.Length + 128);
        var writer = new MessagePackWriter(frame);
        writer.WriteArrayHeader(6);
        writer.Write(proposal.Slice);
        writer.Write(proposal.Number);
        writer.Write(proposal.Worker.ToByteArray());
        writer.Write(proposal.Host);
        Wire.Write(ref writer, packs);
        writer.WriteArrayHeader(proposal.Events.Length);
        writer.WriteRaw(events);
        writer.Flush();
        return frame.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, ProposedEvent happened, GroupPacks packs)
    {
        switch (happened)
        {
            case ProposedStart e:
                Begin(ref writer, 3, EventKind.Start, e.Task);
                Wire.Write(ref writer, e.At);
                break;
            case ProposedSuccess e:
                Begin(ref writer, 6, EventKind.Success, e.Task);
                Wire.Write(ref writer, e.Started);
                Wire.Write(ref writer, e.Duration);
                writer.WriteArrayHeader(e.Outputs.Length);
                foreach (var output in e.Outputs) StoredValueCodec.Write(ref writer, output, packs);
                writer.Write((byte)e.Marks);
                break;
            case ProposedFailure e:
                Begin(ref writer, 7, EventKind.Failure, e.Task);
                Wire.Write(ref writer, e.Started);
                Wire.Write(ref writer, e.Duration);
                RecordCodec.Error(ref writer, e.Error);
                writer.Write(e.IsForGood);
                if (e.RetryAfter is { } wait) Wire.Write(ref writer, wait);
                else writer.WriteNil();
                break;
            case ProposedLogs e:
                writer.WriteArrayHeader(3);
                writer.Write((int)EventKind.Logs);
                StoredValueCodec.Write(ref writer, e.Pack, packs);
                writer.WriteArrayHeader(e.Segments.Length);
                foreach (var (task, offset, length) in e.Segments)
                {
                    writer.WriteArrayHeader(3);
                    writer.Write(task);
                    writer.Write(offset);
                    writer.Write(length);
                }
                break;
            case ProposedProgress e:
                Begin(ref writer, 4, EventKind.Progress, e.Task);
                writer.Write(e.Fraction);
                writer.Write(RecordCodec.Cut(e.Message));
                break;
        }
    }

    private static ProposedEvent ReadEvent(ref MessagePackReader reader, Pack[] packs)
    {
        var length = reader.ReadArrayHeader();
        switch ((EventKind)reader.ReadInt32(), length)
        {
            case (EventKind.Start, 3):
                return new ProposedStart(Wire.ReadIndex(ref reader), Wire.ReadTime(ref reader));
            case (EventKind.Success, 6):
                return new ProposedSuccess(
                    Wire.ReadIndex(ref reader), Wire.ReadTime(ref reader), Wire.ReadDuration(ref reader), Wire.ReadArray(ref reader, (ref r) => StoredValueCodec.Read(ref r, packs)), TaskCodec.ReadMarks(ref reader));
            case (EventKind.Failure, 7):
                return new ProposedFailure(
                    Wire.ReadIndex(ref reader), Wire.ReadTime(ref reader), Wire.ReadDuration(ref reader), RecordCodec.ReadError(ref reader), reader.ReadBoolean(), reader.TryReadNil() ? null : Wire.ReadDuration(ref reader));
            case (EventKind.Logs, 3):
                return new ProposedLogs(StoredValueCodec.Read(ref reader, packs), Wire.ReadArray(ref reader, static (ref r) =>
                {
                    Wire.Array(ref r, 3);
                    return (Wire.ReadIndex(ref r), Wire.ReadIndex(ref r), Wire.ReadIndex(ref r));
                }));
            case (EventKind.Progress, 4):
                return new ProposedProgress(Wire.ReadIndex(ref reader), reader.ReadDouble(), reader.ReadString());
            default:
                throw new FormatException("an event is of an unknown kind");
        }
    }

    private static void Begin(ref MessagePackWriter writer, int length, EventKind kind, int task)
    {
        writer.WriteArrayHeader(length);
        writer.Write((int)kind);
        writer.Write(task);
    }
}
