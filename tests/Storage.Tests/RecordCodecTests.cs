using System.Collections.Immutable;
using CsCheck;
using FlowGen;
using FlowGen.Runs;
using MessagePack;

namespace Storage.Tests;

public class RecordCodecTests
{
    private static readonly Gen<TaskAddress> Task = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 100_000].Array[0, 4], Gen.Int[-1, 1000], (step, index, iteration) => new TaskAddress(step, TaskIndex.Of(index), iteration));
    private static readonly Gen<DateTimeOffset> Time = Gen.Long[0, 5_000_000_000_000_000].Select(t => DateTimeOffset.UnixEpoch.AddTicks(t));
    private static readonly Gen<TimeSpan> Duration = Gen.Long.Select(t => new TimeSpan(t));
    private static readonly Gen<string?> Text = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(s => (string?)new string([.. s.Where(c => !char.IsSurrogate(c))])));
    private static readonly Gen<TaskError> Error = Gen.Select(Gen.Enum<TaskErrorKind>(), Text, Text, Text, (kind, type, message, stack) => new TaskError(kind, type ?? "T", message ?? "m", stack));
    private static readonly Gen<Hash256> Hash = Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong, (a, b, c, d) => new Hash256(a, b, c, d));
    private static readonly Gen<StoredValue> Plain = Gen.OneOf(
        Gen.Byte.Array[0, 100].Select(StoredValue.Of),
        Gen.Int[4097, 20_000].Select(n => StoredValue.Of(Samples.Random(n, n))),
        Gen.Select(Hash, Gen.Long[0, long.MaxValue], Gen.Int[0, 1000], StoredValue.InBlob),
        Gen.Select(Hash, Gen.Int[4097, 1_000_000], Hash, Gen.Int[0, 7_000_000], (hash, size, pack, offset) => StoredValue.InPack(hash, size, new Pack(pack, 3), offset)));

    private static readonly Gen<StoredValue> Value = Gen.OneOf(Plain, Plain,
        Gen.Select(Plain, Plain.Array[1, 5], (value, blobs) => value.Referring(new BlobReferences([.. blobs], null))),
        Gen.Select(Plain, Plain, (value, list) => value.Referring(new BlobReferences(default, list))));

    private static readonly Gen<RunRecord> Record = Gen.OneOf<RunRecord>(
        Gen.Select(Task, Gen.Int[0, 9], Gen.ULong, Time, Duration, Value.Array[0, 3], Text, (t, a, id, at, d, v, o) => (RunRecord)new TaskSucceeded(t, a, id, at, d, [.. v], o, (TaskMarks)(id % 8), id % 3 == 0 ? null : Hash256.Of(BitConverter.GetBytes(id)))),
        Value.Select(text => (RunRecord)new CodeDescribed(text)),
        Gen.Select(Task, Gen.Int[0, 9], Gen.ULong, Time, (t, a, id, at) => (RunRecord)new TaskStarted(t, a, id, at)),
        Gen.Select(Task, Gen.Int[0, 9], Gen.ULong, Time, Duration, Error, Duration, (t, a, id, at, d, e, r) => (RunRecord)new AttemptFailed(t, a, id, at, d, e, r)),
        Gen.Select(Task, Gen.Int[0, 9], Gen.ULong, Time, Duration, Error, (t, a, id, at, d, e) => (RunRecord)new TaskFailed(t, a, id, at, d, e)),
        Gen.Select(Task, Gen.Int[1, 50], Task, (f, c, t) => (RunRecord)new TasksBlocked(f, c, t)),
        Gen.Select(Task, Gen.Int[1, 50], Gen.Int[0, 9], Gen.Int[-1, 9], (f, c, d, v) => (RunRecord)new TasksSkipped(f, c, new SkipReason(d, v))),
        Gen.Select(Gen.Int[0, 5], Task, Gen.Int[0, 1_000_000], Text.Array[0, 3], (d, t, w, l) => (RunRecord)new DimensionSized(d, t.Index, w) { Labels = [.. l] }),
        Gen.Select(Value, Gen.Select(Task, Gen.ULong, Gen.Int[0, 99], Gen.Int[0, 99], (t, id, o, l) => new LogSegment(t, id, o, l)).Array[0, 3], (v, s) => (RunRecord)new LogsWritten(v, [.. s])),
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Value, (p, n, v) => (RunRecord)new InputFileStored(p, n, v)),
        Gen.Select(Gen.Int[0, 99], Text, Gen.Int, Gen.Long, Time, (e, h, p, s, at) => (RunRecord)new EpochStarted(e, new DriverProcess(h ?? "", "boot", p, s, "/store"), at)),
        Gen.Select(Gen.Int[1, 3].Select(s => (RunStatus)s), Time, Duration, Text, (s, at, d, r) => (RunRecord)new RunFinished(s, at, d, r)),
        Gen.Select(Time, at => (RunRecord)new RunReleased(at)),
        Gen.Select(Text, Text, Gen.Bool, (e, p, d) => (RunRecord)new RunSubmitted(e ?? "slurm", ImmutableSortedDictionary<string, string>.Empty.Add("partition", p ?? ""), p ?? "", d, ImmutableSortedDictionary<string, string>.Empty.Add("fail-fast", "true"))),
        Gen.Select(Gen.Int[0, 9], Time, Gen.Select(Task, Gen.Int[0, 9], Gen.ULong, (t, a, id) => new DispatchedTask(t, a, id)).Array[0, 3], (n, at, t) => (RunRecord)new SliceDispatched(SliceName.Of(n, n), "job", at, [.. t])),
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Text, (n, c, h) => (RunRecord)new ProposalsRead(SliceName.Of(0, n), Guid.NewGuid(), c, h ?? "")),
        Gen.Select(Gen.Int[0, 9], Time, Text, Text, Text, (n, at, r, p, e) => (RunRecord)new SliceEnded(SliceName.Of(0, n), at, r, p, e)),
        Gen.Const((RunRecord)new RunRegistered(Samples.Manifest())),
        Gen.Const((RunRecord)new RunRegistered(Samples.Manifest() with { Graph = Samples.Nested })));

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() =>
        Gen.Select(Record.Array[1, 20], Gen.Int[0, 100], Gen.Int[0, 100]).Sample((records, number, epoch) =>
        {
            var group = new LogGroup();
            foreach (var record in records) group.Add(record, 1);
            var packs = Enumerable.Range(0, group.Packs.Count).Select(i => new Pack(Hash256.Of(group.Packs.Content(i)), 4)).ToArray();
            var writer = Guid.NewGuid();
            var framed = FlowGen.Storage.Envelope.Wrap(FlowGen.Storage.ObjectKind.Slot, group.Freeze(number, epoch, writer, packs)).ToArray2();
            group.Packs.Release(packs);

            var slot = LogSlot.Read("store", "key", framed);
            Assert.Equal((number, epoch, writer), (slot.Number, slot.Epoch, slot.Writer));
            Assert.Equal(records.Select(Describe), slot.Records.Select(Describe));
        }, iter: 500);

    [Fact]
    public void Read_SuccessOfVersion1_HasNoKey()
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteArrayHeader(9);
        writer.Write(5);
        writer.WriteArrayHeader(1);
        writer.Write(0);
        foreach (var number in new[] { 1, 7, 100, 5 }) writer.Write(number);
        writer.WriteArrayHeader(0);
        writer.WriteNil();
        writer.Write(4);
        writer.Flush();

        var reader = new MessagePackReader(bytes.WrittenMemory);
        var record = (TaskSucceeded)RecordCodec.Read(ref reader, []);

        Assert.Equal((new TaskAddress(0), 1, 7UL, TaskMarks.GivenError, null), (record.Task, record.Attempt, record.AttemptId, record.Marks, record.Key));
        Assert.True(reader.End);
    }

    [Fact]
    public void Read_Manifest_IsTheSame()
    {
        var manifest = Samples.Manifest() with { Origin = RunKey.Create("sample", DateTimeOffset.UnixEpoch), GitCommit = "abc", GitDirty = true, ProgramHash = "p", Generation = 3 };
        var group = new LogGroup();
        group.Add(new RunRegistered(manifest), 1);
        var content = group.Freeze(0, 0, default, []);
        var read = ((RunRegistered)LogSlot.Read("s", "k", FlowGen.Storage.Envelope.Wrap(FlowGen.Storage.ObjectKind.Slot, content).ToArray2()).Records[0]).Manifest;
        Assert.Equal(Describe(new RunRegistered(manifest)), Describe(new RunRegistered(read)));
        Assert.Equal(manifest.Packages, read.Packages);
        Assert.Equal((manifest.Origin, manifest.FirstOrigin, manifest.GitCommit, manifest.GitDirty, manifest.ProgramHash, manifest.Generation),
            (read.Origin, read.FirstOrigin, read.GitCommit, read.GitDirty, read.ProgramHash, read.Generation));
    }

    /// <summary>Everything in a record as text: records compare their arrays and values by reference.</summary>
    private static string Describe(RunRecord record) => record switch
    {
        TaskSucceeded r => $"{r with { Outputs = [] }} {string.Join(",", r.Outputs.Select(Describe))}",
        DimensionSized r => $"{r with { Labels = [] }} {string.Join(",", r.Labels)}",
        LogsWritten r => $"{Describe(r.Pack)} {string.Join(",", r.Segments)}",
        CodeDescribed r => Describe(r.Text),
        InputFileStored r => $"{r.Parameter} {r.Position} {Describe(r.Content)}",
        RunRegistered { Manifest: var m } => $"{m.Run} {m.Created.UtcTicks} {m.User} {m.Host} {string.Join(",", m.Tags)} {m.RuntimeVersion} {m.FlowGenVersion} {string.Join(",", m.Parameters.Select(p => $"{p.Name} {p.TypeName} {Convert.ToHexString(p.Value.Span)}"))} {Describe(m.Graph)}",
        _ => record.ToString(),
    };

    private static string Describe(GraphDescription graph) =>
        $"{graph.Flow} {graph.Description} {string.Join(",", graph.Parameters)} {string.Join(",", graph.Artifacts)} {string.Join(",", graph.Dimensions)} {string.Join(",", graph.Decisions.Select(d => $"{d with { Values = [] }} {string.Join(",", d.Values)}"))} " +
        string.Join(",", graph.Steps.Select(s => $"{s with { Scope = [], Inputs = [], After = [], Guard = [] }} {string.Join(",", s.Scope)} {string.Join(",", s.Inputs.Select(i => $"{i with { Alternatives = [] }} {string.Join(",", i.Alternatives)}"))} {string.Join(",", s.After)} {string.Join(",", s.Guard.Select(g => $"{g.Decision} {g.IsInherited} {string.Join(",", g.Allowed)}"))}"));

    private static string Describe(StoredValue value) =>
        $"{value.Hash} {value.Size} {(value.References is { } r ? $"[{(r.List is { } list ? Describe(list) : string.Join(", ", r.Known.Select(Describe)))}]" : "")} {(value.Bytes is { } bytes ? Convert.ToHexString(bytes) : $"{value.Container} {value.Offset}")}";
}
