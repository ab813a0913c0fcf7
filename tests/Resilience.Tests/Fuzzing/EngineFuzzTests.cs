using System.Buffers;
using FlowGen;
using FlowGen.Executing.Isolation;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;
using Storage.Tests;

namespace Resilience.Tests.Fuzzing;

/// <summary>What came with engines, collections and processes of their own: records 15 to 19, slices and proposals as driver and worker read them, generations, claims, requests, signs of life, messages over a pipe.</summary>
public sealed class EngineFuzzTests
{
    private static bool IsStoreError(Exception e) => e is FlowException { ExitCode: 4 };

    private static byte[] Content(byte[] framed) => framed[Envelope.HeaderSize..^Envelope.TrailerSize];

    private static Func<byte[], byte[]> Framed(ObjectKind kind) => content => Envelope.Wrap(kind, content).ToArray();

    [Fact]
    public async Task Records_OfRunsOnAnEngine()
    {
        using var folder = GoldenStore.Extract("v3");
        var objects = new LocalFolderStore(folder.Path);
        var runs = (await objects.ListAsync("runs/far/").ToListAsync()).Where(found => found.Key.Contains("/log/", StringComparison.Ordinal)).GroupBy(found => found.Key.Split('/')[2]);
        foreach (var run in runs.Take(3))
        {
            var slots = new List<byte[]>();
            foreach (var found in run) slots.Add((await objects.GetAsync(found.Key))!);
            new Fuzzer($"slots of {run.Key}", [.. slots.Select(Content)], bytes =>
            {
                var slot = LogSlot.Read("s", "k", bytes);
                var fold = new RunFold();
                for (var n = 0; n < slots.Count; n++) fold.Add(n == slot.Number ? slot : LogSlot.Read("s", "k", slots[n]));
                var state = fold.Build(RunStatus.Running);
                foreach (var task in state.Tasks.Take(100)) state.NameOf(task.Address);
            }, static e => IsStoreError(e) || e is FormatException) { Frame = Framed(ObjectKind.Slot), Allowance = (4_000_000, 1000) }.Run();
        }
    }

    [Fact]
    public async Task SlicesAndProposals_AsTheyAreRead()
    {
        using var folder = GoldenStore.Extract("v3");
        var golden = new LocalFolderStore(folder.Path);
        var objects = new InMemoryStore();
        var artifacts = new ArtifactStore(objects, TimeProvider.System);
        var run = RunKey.Create("sample", DateTimeOffset.UnixEpoch);
        var worker = Guid.NewGuid();
        List<byte[]> slices = [], proposals = [];
        await foreach (var found in golden.ListAsync("runs/far/"))
        {
            if (found.Key.Contains("/slices/", StringComparison.Ordinal)) slices.Add(Content((await golden.GetAsync(found.Key))!));
            else if (found.Key.Contains("/proposals/", StringComparison.Ordinal)) proposals.Add(Content((await golden.GetAsync(found.Key))!));
        }

        new Fuzzer("slice", slices, bytes =>
        {
            objects.PutAsync(SliceName.Key(run, "0-0"), new(bytes)).AsTask().GetAwaiter().GetResult();
            SliceCodec.GetAsync(objects, artifacts, run, "0-0", default).AsTask().GetAwaiter().GetResult();
        }, IsStoreError) { Frame = Framed(ObjectKind.Slice) }.Run(allowsInvalidSeeds: true);
        new Fuzzer("proposal", proposals, bytes =>
        {
            objects.PutAsync(ProposalCodec.Key(run, "0-0", worker, 0), new(bytes)).AsTask().GetAwaiter().GetResult();
            var proposal = ProposalCodec.GetAsync(objects, run, "0-0", worker, 0, default).AsTask().GetAwaiter().GetResult()!;
            // What the driver does with positions, and a reader with lines.
            Assert.All(proposal.Events, happened => Assert.True(happened is not ProposedLogs logs || logs.Segments.All(segment => segment.Task >= 0 && segment.Offset >= 0 && segment.Length >= 0)));
        }, IsStoreError) { Frame = Framed(ObjectKind.Proposal) }.Run(allowsInvalidSeeds: true);
    }

    [Fact]
    public async Task SmallObjects()
    {
        using var folder = GoldenStore.Extract("v3");
        var objects = new LocalFolderStore(folder.Path);
        var seeds = new Dictionary<string, List<byte[]>>();
        await foreach (var found in objects.ListAsync(""))
        {
            var name = found.Key.Split('/') switch { ["gc", ..] => "gc", ["flight", ..] => "flight", [.., "beat"] => "beat", [.., "next", _] => "next", [.., "requests", _] => "requests", _ => "" };
            if (!seeds.TryGetValue(name, out var known)) seeds.Add(name, known = []);
            if (name.Length > 0) known.Add(Content((await objects.GetAsync(found.Key))!));
        }

        new Fuzzer("generation", seeds["gc"], bytes => Generation.Read("s", "k", bytes[13] & 3, bytes), IsStoreError) { Frame = Framed(ObjectKind.Generation) }.Run(allowsInvalidSeeds: true);
        new Fuzzer("claim of a run", seeds["next"], bytes => RunClaims.Decode("s", "k", bytes), IsStoreError) { Frame = Framed(ObjectKind.Claim) }.Run();
        new Fuzzer("claim of a result", seeds["flight"], bytes => CacheFlight.Decode("s", "k", bytes), IsStoreError) { Frame = Framed(ObjectKind.Claim) }.Run();
        var run = RunKey.Create("sample", DateTimeOffset.UnixEpoch);
        var beat = Content(new Beat(1, 2, 3, ThisMachine.Driver("s")).Wrap().ToArray());
        new Fuzzer("beat", [beat, .. seeds.GetValueOrDefault("beat") ?? []], bytes => Beat.Read("s", "k", bytes), IsStoreError) { Frame = Framed(ObjectKind.Beat) }.Run();
        var memory = new InMemoryStore();
        new Fuzzer("request", seeds["requests"], bytes =>
        {
            memory.PutAsync(RunRequests.Log(memory, run).Key(0), new(bytes)).AsTask().GetAwaiter().GetResult();
            RunRequests.ReadAsync(memory, run, 0, default).AsTask().GetAwaiter().GetResult();
        }, IsStoreError) { Frame = Framed(ObjectKind.Request) }.Run();
    }

    /// <summary>Whatever a worker's code writes into the pipe of its driver, and the other way round.</summary>
    [Fact]
    public void MessagesOfProcesses()
    {
        var random = new RandomRecords(new Random(5));
        var stored = Enumerable.Range(0, 6).Select(_ => random.Value()).ToArray();
        var request = new WorkerRequest
        {
            Flow = "sample", FlowPath = "sample/inner", Step = "fit", RunId = "sample/1", TaskName = "fit[3]", Index = TaskIndex.Of(3, 1), Attempt = 2, IdempotencyKey = "key", Tags = ["a", "b"], TempDirectory = "/tmp/x", Gang = 1,
            Parameters = [new byte[] { 1 }, new byte[] { 2, 3 }], Secrets = [null, "sesame"], Store = "memory", Generation = 1, Files = [new InputFileStored(0, 0, stored[0])],
        };
        Attack("request", Bytes(request.Write), reader => WorkerRequest.Read(reader));
        Attack("values", Bytes(writer => { foreach (var value in stored) writer.Write(value); }), reader => { foreach (var _ in stored) reader.ReadValue(); });
        Attack("blobs", Bytes(writer => writer.Write([.. stored.Where(value => value.References is null)])), reader => reader.ReadBlobs());
        Attack("inputs", Bytes(writer => writer.Write(
        [
            NoInput.Only, new ItemInput(stored[0]), new StoredInput(stored[1]), new IndexedInput(stored[2].Indexed(stored[3]), 7), new ProducedInput(2, null, TaskIndex.Of(1, 2), new StepError("fit", "T", "m")),
            new GatherInput([stored[4], null], [TaskIndex.Of(0), TaskIndex.Of(1)], [null, new StepError("fit", "T", "m")], 1, 1),
        ])), reader => reader.ReadInputs());
        new Fuzzer("message", [[2, 0, 0, 0, 3, 7, 8], [0, 0, 0, 0, 1]], bytes =>
        {
            using var channel = new WorkerChannel(new MemoryStream(bytes));
            while (channel.ReceiveAsync().GetAwaiter().GetResult() is not null) { }
        }, static _ => false).Run();

        static byte[] Bytes(Action<BinaryWriter> write)
        {
            using var memory = new MemoryStream();
            using var writer = new BinaryWriter(memory);
            write(writer);
            return memory.ToArray();
        }

        static void Attack(string what, byte[] seed, Action<BinaryReader> read) => new Fuzzer(what, [seed], bytes =>
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            read(reader);
        }, static e => e is IOException or FormatException).Run();
    }
}
