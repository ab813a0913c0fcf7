using System.Buffers;
using System.Text;
using FlowGen;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;
using MessagePack;
using Storage.Tests;

namespace Resilience.Tests.Fuzzing;

/// <summary>Every kind of stored object.</summary>
public sealed class ObjectFuzzTests
{
    private static bool IsStoreError(Exception e) => e is FlowException { ExitCode: 4 };

    private static byte[] Content(ReadOnlySequence<byte> framed) => framed.ToArray()[Envelope.HeaderSize..^Envelope.TrailerSize];

    private static Func<byte[], byte[]> Framed(ObjectKind kind) => content => Envelope.Wrap(kind, content).ToArray();

    /// <summary>Objects of random runs, by what is in their keys.</summary>
    private static async Task<(List<byte[]> Objects, RunKey Run, InMemoryStore Store)> RunAsync(int seed, string part)
    {
        var store = new InMemoryStore();
        var run = await IndexedRun.WriteRandomAsync(await Samples.OpenAsync(store), seed);
        var objects = new List<byte[]>();
        foreach (var found in await store.ListAsync(run.Prefix + part).ToListAsync()) objects.Add((await store.GetAsync(found.Key))!);
        return (objects, run, store);
    }

    [Fact]
    public void Envelope_OfAnyBytes() => new Fuzzer("Envelope", [.. Enum.GetValues<ObjectKind>().Select(kind => Envelope.Wrap(kind, Samples.Random(20)).ToArray())],
        bytes => Envelope.Open("s", "k", (ObjectKind)(bytes.Length > 5 ? bytes[5] : 1), bytes, out _, out _), IsStoreError).Run();

    [Fact]
    public async Task Slots_AndWhatIsFoldedOfThem()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var (slots, _, _) = await RunAsync(seed, "log/");
            var contents = slots.Select(slot => slot[Envelope.HeaderSize..^Envelope.TrailerSize]).ToList();
            new Fuzzer($"slots of run {seed}", contents, bytes =>
            {
                var slot = LogSlot.Read("s", "k", bytes);
                // What is left of the run is folded with it.
                var fold = new RunFold();
                for (var n = 0; n < slots.Count; n++) fold.Add(n == slot.Number ? slot : LogSlot.Read("s", "k", slots[n]));
                var state = fold.Build(RunStatus.Running);
                foreach (var task in state.Tasks.Take(100)) state.NameOf(task.Address);
            }, static e => IsStoreError(e) || e is FormatException) { Frame = Framed(ObjectKind.Slot), Allowance = (4_000_000, 1000) }.Run();
        }
    }

    [Fact]
    public async Task Indexes()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var (_, run, store) = await RunAsync(seed, "index-parts/");
            var framed = (await store.GetAsync(IndexKeys.Header(run)))!;
            var header = IndexHeader.Read("s", run, framed);
            new Fuzzer("header", [framed[Envelope.HeaderSize..^Envelope.TrailerSize]], bytes => IndexHeader.Read("s", run, bytes), IsStoreError) { Frame = Framed(ObjectKind.Index) }.Run();
            var parts = new List<byte[]>();
            for (var n = 0; n < header.Parts.Length; n++)
                parts.Add(Compression.Open("s", "k", ObjectKind.IndexPart, (await store.GetAsync(IndexKeys.Part(run, n)))!).ToArray());
            new Fuzzer("part", parts, bytes => IndexPart.Read("s", header, 0, bytes), IsStoreError) { Frame = Framed(ObjectKind.IndexPart), Allowance = (400_000, 1000) }.Run();
        }
    }

    [Fact]
    public async Task SlicesAndProposals()
    {
        var store = new InMemoryStore();
        var runs = await Samples.OpenAsync(store);
        var run = RunKey.Create("sample", DateTimeOffset.UnixEpoch);
        var random = new RandomRecords(new Random(5));
        var task = new SliceTask(new TaskAddress(0), 1, 7, "fit[3]", "key",
        [
            NoInput.Only, new ItemInput(random.Value()), new StoredInput(StoredValue.Of(Samples.Random(9000))), new IndexedInput(random.Value().Indexed(StoredValue.Of(Samples.Random(90))), 7), new ProducedInput(2, null, TaskIndex.Of(1, 2), new StepError("fit", "T", "m")),
            new GatherInput([random.Value(), null], [TaskIndex.Of(0), TaskIndex.Of(1)], [null, new StepError("fit", "T", "m")], 1, 1),
        ]);
        await SliceCodec.PutAsync(runs, run, "0-0", new SliceContent
        {
            FlowPath = "sample/prepare", Step = "fit", Generation = 0, Parallel = 1, OrphanTimeout = TimeSpan.FromHours(6), Parameters = [StoredValue.Of([1])], Files = [new InputFileStored(0, 0, random.Value())], Tasks = [task, task],
        }, default);
        var worker = Guid.NewGuid();
        await ProposalCodec.PutAsync(store, runs.Artifacts, run, new Proposal("0-0", 0, worker, "node1",
        [
            new ProposedStart(0, DateTimeOffset.UnixEpoch), new ProposedProgress(0, 0.5, "half"), new ProposedLogs(StoredValue.Of(Samples.Random(5000)), [(0, 0, 5000)]),
            new ProposedSuccess(0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), [random.Value(), random.Value()], TaskMarks.GoesOn),
            new ProposedFailure(1, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), new TaskError(TaskErrorKind.User, "T", "m", null), true, TimeSpan.FromSeconds(3)),
        ]), default);

        foreach (var (key, kind) in new[] { (SliceName.Key(run, "0-0"), ObjectKind.Slice), (ProposalCodec.Key(run, "0-0", worker, 0), ObjectKind.Proposal) })
        {
            var framed = (await store.GetAsync(key))!;
            Assert.NotEmpty((await SliceCodec.ReferencesAsync(runs.Artifacts, key, framed, default)).Packs);
            new Fuzzer(key, [framed[Envelope.HeaderSize..^Envelope.TrailerSize]], bytes => SliceCodec.ReferencesAsync(runs.Artifacts, key, bytes, default).AsTask().GetAwaiter().GetResult(), IsStoreError) { Frame = Framed(kind) }.Run();
        }

        var read = await SliceCodec.GetAsync(store, runs.Artifacts, run, "0-0", default);
        Assert.Equal(("sample/prepare", "fit", 2, "fit[3]"), (read.FlowPath, read.Step, read.Tasks.Length, read.Tasks[1].Name));
        Assert.Equal(task.Inputs.Select(input => input.GetType()), read.Tasks[0].Inputs.Select(input => input.GetType()));
        Assert.Equal(task.Inputs.SelectMany(input => input.Values).Select(value => value.Hash), read.Tasks[0].Inputs.SelectMany(input => input.Values).Select(value => value.Hash));
    }

    [Fact]
    public async Task MergedSlots_OfAnyBytes()
    {
        var (slots, run, _) = await RunAsync(3, "log/");
        var contents = slots.Select(slot => (ReadOnlyMemory<byte>)slot[Envelope.HeaderSize..^Envelope.TrailerSize]).ToList();
        var range = new MergedRange(256, 0, contents.Count - 1);
        var plain = Compression.Open("s", "k", ObjectKind.Merged, MergedSlots.Wrap(range, contents).ToArray()).ToArray();
        new Fuzzer("merged", [plain], bytes => MergedSlots.Read("s", "k", range, bytes), IsStoreError) { Frame = Framed(ObjectKind.Merged) }.Run();
        Assert.NotEqual(default, run);
    }

    [Fact]
    public void CompressedContent()
    {
        using var compressor = new ZstdSharp.Compressor(1);
        byte[][] frames = [.. new[] { 10, 1000, 100_000 }.Select(length => compressor.Wrap(Enumerable.Range(0, length).Select(i => (byte)(i / 7)).ToArray()).ToArray())];
        // It may take what the frame declares, up to the 8 MiB that an object holds.
        new Fuzzer("zstd", frames, bytes => Compression.Open("s", "k", ObjectKind.Blob, bytes), IsStoreError)
        {
            Frame = content => Envelope.Wrap(ObjectKind.Blob, ObjectEncoding.Zstd, content, content.Length * 20L).ToArray(),
            Allowance = (9 << 20, 100),
        }.Run(allowsInvalidSeeds: true);
    }

    [Fact]
    public void SmallObjects()
    {
        var run = RunKey.Create("sample", DateTimeOffset.UnixEpoch.AddDays(20_000));
        var tag = Content(new TagChange("ada", DateTimeOffset.UnixEpoch, [new TagEntry("champion", true, 3), new TagEntry("old", false, 0)]).Wrap());
        new Fuzzer("tag change", [tag], bytes => TagChange.Read("s", "k", bytes), IsStoreError) { Frame = Framed(ObjectKind.Tag) }.Run();
        new Fuzzer("tag carrier", [Content(new TagCarrier("champion", run, 2).Wrap())], bytes => TagCarrier.Read("s", "k", bytes), IsStoreError) { Frame = Framed(ObjectKind.Tag) }.Run();
        new Fuzzer("format", [Content(StoreFormat.New().Wrap())], bytes => StoreFormat.Read("s", bytes), IsStoreError) { Frame = Framed(ObjectKind.Format) }.Run();
        var chunks = ChunkList.Of([Hash256.Of([1]), Hash256.Of([2])], Envelope.MaxContent + 100).Encode();
        new Fuzzer("chunk list", [chunks], bytes => FlowGen.Runs.Wire.Read("s", "k", bytes, ChunkList.Decode), IsStoreError).Run();
        var random = new RandomRecords(new Random(5));
        var entry = new CacheEntry(run, $"{run}/fit[3]", new TaskSucceeded(new TaskAddress(1, 3), 1, 7, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), [.. Enumerable.Range(0, 8).Select(_ => random.Value()).Where(value => value.Bytes is null || value.Size < 4096)], null, default, Hash256.Of([1])));
        new Fuzzer("cache entry", [Content(entry.Encode())], bytes => CacheEntry.Decode("s", "k", bytes, new TaskAddress(1, 3), Hash256.Of([1])), IsStoreError) { Frame = Framed(ObjectKind.CacheEntry) }.Run();
    }

    [Fact]
    public void SourcesAndCode()
    {
        var sources = SourceSnapshot.Of([new SourceFile("Program.cs", "return 0;"u8.ToArray()), new SourceFile("src/Flow.cs", "class Flow;"u8.ToArray())]).Encode();
        new Fuzzer("sources", [sources], bytes => SourceSnapshot.Decode("s", "k", bytes), IsStoreError).Run();
        var code = "part member 0123456789abcdef0123456789abcdef Flow.Fit\npart package 1.2 Math\nstep fit 0 1\nreads fit rows folds\n"u8.ToArray();
        new Fuzzer("code", [code], bytes => CodeDescription.Parse(Encoding.UTF8.GetString(bytes)), static _ => false) { Words = ["part ", "step ", "reads ", "\n", " 99999999999", " -1", " 0"] }.Run();
    }

    [Fact]
    public void Graphs()
    {
        new Fuzzer("graph", [Encode(Samples.Graph), Encode(Samples.Nested), Encode(Samples.Graph with { Steps = [.. Samples.Graph.Steps.Select((step, i) => i == 1 ? step with { SubFlow = Samples.Nested } : step)] })],
            bytes => FlowGen.Runs.Wire.Read("s", "k", bytes, static (ref reader) => GraphCodec.Read(ref reader)), IsStoreError) { Allowance = (200_000, 2000) }.Run();

        static byte[] Encode(GraphDescription graph)
        {
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(buffer);
            GraphCodec.Write(ref writer, graph);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
    }
}
