using System.Buffers;
using System.Globalization;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>Blobs that steps make, return and read.</summary>
public class BlobRunTests
{
    private static ArtifactDefinition<Blob, BlobCodec> One(string name) => new() { Name = name, TypeName = "Blob", Shareable = true };

    private static ArtifactDefinition<Blob[], ArrayCodec<Blob, BlobCodec>> Many(string name, bool shareable = false) => new() { Name = name, TypeName = "Blob[]", Shareable = shareable };

    private static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static readonly int[] Sizes = [0, 10, 5000, 500_000, 3_000_000, 9_000_000, 20_000_000];

    private static async Task<IReadOnlyList<string>> KeysAsync(IObjectStore store, string prefix = "blobs/")
    {
        var keys = new List<string>();
        await foreach (var o in store.ListAsync(prefix)) keys.Add(o.Key);
        return keys;
    }

    private static FlowBuilder Sum(Func<int, ValueTask<Blob>> make, int count, bool shareable = false) => new FlowBuilder()
        .Step("make", "", async frame =>
        {
            var blobs = new Blob[count];
            for (var i = 0; i < count; i++) blobs[i] = await make(i);
            frame.Set(0, blobs);
        }, Many("make", shareable))
        .Step("pass", "make", frame => frame.Set(0, frame.Value<Blob[]>(0)[^1]), One("pass"))
        .Step("sum", "make pass", async frame =>
        {
            var sum = 0;
            foreach (var blob in frame.Value<Blob[]>(0).Append(frame.Value<Blob>(1))) sum = Add(sum, await blob.ReadAllBytesAsync());
            frame.Set(0, sum);
        }, FlowBuilder.Int("sum"));

    private static int Expected(params int[] sizes) => sizes.Append(sizes[^1]).Aggregate(0, (sum, size) => Add(sum, Content(size)));

    private static int Add(int sum, byte[] content)
    {
        foreach (var b in content) sum = unchecked(sum * 31 + b);
        return sum;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Blobs_OfEverySize_AreReadByOtherStepsAndLater(bool shareable)
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Sum(i => new(Blob.FromBytes(Content(Sizes[i]))), Sizes.Length, shareable));

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(Expected(Sizes), await run.IntAsync(key, 2));
        var store = await RunStore.OpenAsync(run.Store, forWriting: false, TimeProvider.System, default);
        var made = (await store.ReadAsync(key, default)).Find(new TaskAddress(0))!.Outputs[0];
        var read = (Blob[])(await store.Artifacts.ReadAsync(Many("make"), made, default))!;
        foreach (var (blob, size) in read.Zip(Sizes)) Assert.True((await blob.ReadAllBytesAsync()).AsSpan().SequenceEqual(Content(size)));
        Assert.True(made.Size < 400, "A blob in a value is a reference.");
    }

    [Fact]
    public async Task Blobs_MoreThanARecordNames_AreListedInAValueOfTheirOwn()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Sum(i => new(Blob.FromBytes(Content(10 + i))), 1000));

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(Expected([.. Enumerable.Range(10, 1000)]), await run.IntAsync(key, 2));
        var record = (await run.RecordsAsync(key)).OfType<TaskSucceeded>().First(r => r.Task.Step == 0);
        Assert.NotNull(record.Outputs[0].References!.List);
    }

    [Fact]
    public async Task Blobs_SmallOnes_NeedNoObjectsOfTheirOwn()
    {
        var run = new TestRun();
        await run.StartAsync(Sum(i => new(Blob.FromBytes(Content(1000 + i))), 60));
        Assert.Empty(await KeysAsync(run.Store));

        run = new TestRun();
        await run.StartAsync(Sum(i => new(Blob.FromBytes(Content(100_000 + i))), 60));
        Assert.InRange((await KeysAsync(run.Store)).Count, 1, 4); // packs
    }

    [Fact]
    public async Task Blobs_EqualContents_AreStoredOnce()
    {
        var run = new TestRun();
        var flow = new FlowBuilder()
            .Step("a", "", frame => frame.Set(0, Blob.FromBytes(Content(20_000_000))), One("a"))
            .Step("b", "", async frame => frame.Set(0, await Blob.FromStreamAsync(new MemoryStream(Content(20_000_000)))), One("b"));
        var (key, _) = await run.StartAsync(flow);

        Assert.Equal(4, (await KeysAsync(run.Store)).Count); // three chunks and their list
        var state = await run.ReadAsync(key);
        Assert.Equal(state.Find(new TaskAddress(0))!.Outputs[0].Hash, state.Find(new TaskAddress(1))!.Outputs[0].Hash);
    }

    [Fact]
    public async Task Blobs_MadeOutsideOfTheRun_AreBroughtIntoItsStore()
    {
        Blob[] made = [.. Sizes.Select(size => Blob.FromBytes(Content(size)))];
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Sum(i => new(made[i]), Sizes.Length));

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(Expected(Sizes), await run.IntAsync(key, 2));

        // And from the store of one run into that of another.
        var store = await RunStore.OpenAsync(run.Store, forWriting: false, TimeProvider.System, default);
        var read = (Blob[])(await store.Artifacts.ReadAsync(Many("make"), (await store.ReadAsync(key, default)).Find(new TaskAddress(0))!.Outputs[0], default))!;
        var second = new TestRun { Store = new InMemoryStore() };
        var (other, _) = await second.StartAsync(Sum(i => new(read[i]), Sizes.Length));
        Assert.Equal(Expected(Sizes), await second.IntAsync(other, 2));
    }

    [Fact]
    public async Task WriteAsync_CancelledOrFailing_LeavesNothingThatAnybodyNames()
    {
        var run = new TestRun();
        var flow = new FlowBuilder()
            .Step("make", "", async frame =>
            {
                using var stop = new CancellationTokenSource();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Blob.WriteAsync(async stream =>
                {
                    await stream.WriteAsync(Content(30_000_000));
                    await stop.CancelAsync();
                    await stream.WriteAsync(Content(30_000_000, 2));
                }, stop.Token));
                await Assert.ThrowsAsync<FormatException>(() => Blob.WriteAsync(async stream =>
                {
                    await stream.WriteAsync(Content(30_000_000, 3));
                    throw new FormatException();
                }));
                frame.Set(0, Blob.FromBytes(Content(10)));
            }, One("make"));
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Single((await run.RecordsAsync(key)).OfType<TaskSucceeded>().Single().Outputs[0].References!.Known);
        foreach (var name in await KeysAsync(run.Store)) Assert.Equal((byte)ObjectKind.Blob, (await run.Store.GetAsync(name))![5]); // chunks, but no list of them
    }

    [Fact]
    public async Task WriteAsync_StoreFails_IsNoFailureOfTheStep()
    {
        var store = new CrashingStore(new InMemoryStore(), 5, applied: false);
        var run = new TestRun { Store = store };
        var flow = new FlowBuilder().Step("make", "", async frame => frame.Set(0, await Blob.FromStreamAsync(new MemoryStream(Content(60_000_000)))), [One("make")], retry: new RetryPolicy(3, TimeSpan.Zero));
        var error = await Assert.ThrowsAsync<FlowException>(() => run.StartAsync(flow));
        Assert.Equal(4, error.ExitCode);
        Assert.DoesNotContain(run.Observer.Events, text => text.StartsWith("retry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_BlobOfAResultIsGone_MakesItAgain()
    {
        var (first, fails, made) = (new TestRun(), true, 0);
        FlowBuilder Flow() => new FlowBuilder()
            .Step("make", "", frame => { made++; frame.Set(0, new[] { Blob.FromBytes(Content(20_000_000)) }); }, Many("make"))
            .Step("sum", "make", async frame =>
            {
                if (fails) throw new InvalidOperationException("not yet");
                frame.Set(0, Add(0, await frame.Value<Blob[]>(0)[0].ReadAllBytesAsync()));
            }, FlowBuilder.Int("sum"));
        var (origin, _) = await first.StartAsync(Flow());
        fails = false;
        var second = new TestRun { Store = first.Store };
        var (resumed, status) = await second.StartAsync(Flow(), origin);
        Assert.Equal((RunStatus.Succeeded, 1), (status, made));
        Assert.Equal(Add(0, Content(20_000_000)), await second.IntAsync(resumed, 1));

        var chunk = (await KeysAsync(first.Store))[0];
        await first.Store.DeleteAsync(chunk);
        var third = new TestRun { Store = first.Store };
        await third.StartAsync(Flow(), origin, fork: true);
        Assert.Equal(2, made);
        Assert.Contains(third.Observer.Events.Concat(third.Observer.Notices), text => text.Contains(chunk, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crashes_AtEveryPut_EndWithTheSameBlobs()
    {
        static FlowBuilder Flow() => Sum(i => new(Blob.FromBytes(Content(Sizes[i + 2]))), 4);
        static async Task<SortedDictionary<string, string>> ReadAsync(TestRun run, RunKey key) => new(StringComparer.Ordinal)
        {
            ["make"] = (await run.ReadAsync(key)).Find(new TaskAddress(0))!.Outputs[0].Hash.ToString(),
            ["sum"] = (await run.IntAsync(key, 2)).ToString(CultureInfo.InvariantCulture),
        };

        var undisturbed = new TestRun();
        var (key, _) = await undisturbed.StartAsync(Flow());
        var crashes = await CrashSuite.RunAsync(Flow, ReadAsync, await ReadAsync(undisturbed, key));
        Assert.True(crashes >= 10, $"only {crashes} runs were killed");
    }

    [Fact]
    public async Task Read_EveryObjectOfABlobDamaged_NamesIt()
    {
        var run = new TestRun();
        var (key, _) = await run.StartAsync(Sum(i => new(Blob.FromBytes(Content(Sizes[i]))), Sizes.Length));
        var keys = await KeysAsync(run.Store);
        Assert.True(keys.Count > 6);
        foreach (var name in keys)
        {
            var original = (await run.Store.GetAsync(name))!;
            foreach (var damage in new Func<byte[], byte[]?>[] { bytes => { bytes[bytes.Length / 2] ^= 16; return bytes; }, bytes => bytes[..(bytes.Length / 2)], _ => null })
            {
                if (damage([.. original]) is { } bytes) await run.Store.PutAsync(name, new ReadOnlySequence<byte>(bytes));
                else await run.Store.DeleteAsync(name);
                var error = await Assert.ThrowsAsync<FlowException>(() => ReadAllAsync(run.Store, key));
                Assert.Contains(name, error.Message, StringComparison.Ordinal);
                Assert.True(error.Code is "FG1107" or "FG1111", error.Code);
            }

            await run.Store.PutAsync(name, new ReadOnlySequence<byte>(original));
        }

        await ReadAllAsync(run.Store, key);
    }

    private static async Task ReadAllAsync(IObjectStore objects, RunKey key)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: false, TimeProvider.System, default);
        foreach (var task in (await store.ReadAsync(key, default)).Tasks.Where(task => task.Address.Step == 0))
            foreach (var blob in (Blob[])(await store.Artifacts.ReadAsync(Many("make"), task.Outputs[0], default))!) await blob.CopyToAsync(Stream.Null);
    }
}
