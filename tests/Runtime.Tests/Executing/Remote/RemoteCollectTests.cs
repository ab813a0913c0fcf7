using System.Buffers;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Remote;

/// <summary>Collections beside a run on an engine, before every single operation that its driver asks of the store: nothing that driver or workers still need is ever removed.</summary>
public class RemoteCollectTests
{
    /// <summary>Items that travel, outputs and an input that lie in packs, and a gather over them.</summary>
    private static FlowBuilder Flow(string edit) => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, new[] { 10, 20, 30 }), FlowBuilder.Ints("grid")).With(step => step with { Inline = true })
        .Step("base", "", frame => frame.Set(0, Enumerable.Range(0, 3000).ToArray()), FlowBuilder.Ints("base")).With(step => step with { Inline = true })
        .Step("fit", "each:grid base", _ => throw new InvalidOperationException("ran in the driver"), FlowBuilder.Ints("fit")).Edited("fit", edit)
        .Step("sum", "all:fit", frame => frame.Set(0, frame.Gather<int[]>(0).Sum(fit => fit[^1])), FlowBuilder.Int("sum")).With(step => step with { Inline = true });

    /// <summary>A worker that reads its inputs from the store and puts what it makes there, as real ones do, each outcome in a segment of its own.</summary>
    private static async Task WorkAsync(IObjectStore objects, ScriptedJobs.Job job, int add)
    {
        var content = await job.ContentAsync();
        var artifacts = new ArtifactStore(objects, TimeProvider.System, content.Generation);
        for (var i = 0; i < content.Tasks.Length; i++)
        {
            var item = (int)FlowBuilder.Int("").Decode(await artifacts.ReadAsync(((ItemInput)content.Tasks[i].Inputs[0]).Value, default))!;
            var numbers = (int[])FlowBuilder.Ints("").Decode(await artifacts.ReadAsync(content.Tasks[i].Inputs[1].Values.Single(), default))!;
            await job.BeginAsync(i);
            numbers[^1] += item + add;
            await job.ProposeAsync(new ProposedSuccess(i, DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1), [await artifacts.WriteAsync(FlowBuilder.Ints(""), numbers, default)], TaskMarks.None));
        }

        job.End(new FlowGen.Engines.JobReport(FlowGen.Engines.JobPhase.Succeeded, Place: "node1"));
    }

    [Fact]
    public async Task Collect_BesideALiveRun_BeforeEveryOperation_RemovesNothingThatItNeeds()
    {
        var before = new InMemoryStore();
        var (old, _) = await new TestRun { Store = before, Remote = new ScriptedJobs(before) { Script = job => WorkAsync(before, job, 1) }.Options }.StartAsync(Flow("before"));
        var beside = 0;
        for (var at = 1; ; at++)
        {
            var objects = new InMemoryStore();
            await foreach (var found in before.ListAsync("")) await objects.PutAsync(found.Key, new((await before.GetAsync(found.Key))!));

            // A resume takes over results of the old run, which the collection removes.
            var collecting = new CollectingStore(objects, old, at);
            var jobs = new ScriptedJobs(objects) { Script = job => WorkAsync(objects, job, 2) };
            var run = new TestRun { Store = collecting, Remote = jobs.Options };
            RunKey key;
            try
            {
                (key, var status) = await run.StartAsync(Flow("after"), resume: old);
                Assert.Equal(RunStatus.Succeeded, status);
            }
            catch (FlowException e) when (e.Code is "FG1260" or "FG1201")
            {
                // The old run was gone before the new one had registered.
                Assert.True(collecting.WasHit);
                Assert.Equal(0, beside);
                continue;
            }

            beside += collecting.WasHit ? 1 : 0;
            Assert.Equal((3 * 2999) + 60 + 6, await run.IntAsync(key, step: 3));
            var store = await RunStore.OpenAsync(objects, forWriting: true, TimeProvider.System, default);
            Assert.DoesNotContain(await new StoreCheck(store, repairs: false).RunAsync(default), problem => problem.Run == key);
            Assert.InRange(at, 1, 500);
            if (!collecting.WasHit) break;
        }

        Assert.InRange(beside, 20, 500);
    }

    [Fact]
    public async Task Marks_OfARunThatIsOpen_IncludeWhatItsWorkersProposeAndAreTold()
    {
        var objects = new InMemoryStore();
        var store = await RunStore.OpenAsync(objects, forWriting: true, TimeProvider.System, default);
        var marked = new TaskCompletionSource<(StoredValue Proposed, BlobMarks Marks)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var jobs = new ScriptedJobs(objects);
        var isFirst = 1;
        jobs.Script = async job =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 0)
            {
                // The run stays open.
                await marked.Task;
                await WorkAsync(objects, job, 1);
                return;
            }

            var made = await new ArtifactStore(objects, TimeProvider.System).WriteAsync(FlowBuilder.Ints(""), new int[300_000], default);
            await job.ProposeAsync(new ProposedSuccess(0, DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1), [made], TaskMarks.None));
            var found = new BlobMarks(store.Artifacts);
            await RunReferences.MarkAsync(store, RunKey.Parse(job.Request.Run)!.Value, 0, found, default);
            marked.SetResult((made, found));
            job.End(new FlowGen.Engines.JobReport(FlowGen.Engines.JobPhase.Succeeded, Place: "node1"));
        };
        var (_, status) = await new TestRun { Store = objects, Remote = jobs.Options }.StartAsync(Flow("once"));

        Assert.Equal(RunStatus.Succeeded, status);
        var (proposed, marks) = await marked.Task;
        Assert.True(marks.Has(proposed.Container!.Hash, proposed.Container.Generation));
    }

    /// <summary>Collects everything that may go before one operation.</summary>
    private sealed class CollectingStore(InMemoryStore inner, RunKey old, int at) : ForwardingStore(inner)
    {
        private int _operations;

        public bool WasHit => Volatile.Read(ref _operations) >= at;

        private async ValueTask ComeAsync()
        {
            if (Interlocked.Increment(ref _operations) != at) return;
            var store = await RunStore.OpenAsync(inner, forWriting: true, TimeProvider.System, default);
            // Twice: what the first leaves as a generation that somebody declared, the second might take.
            for (var i = 0; i < 2; i++) await new Collector(store, TimeProvider.System).RunAsync(new RetireRules { Named = [old] }, isDry: false, default);
        }

        public override async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
        {
            await ComeAsync();
            return await base.PutIfAbsentAsync(key, content, cancel);
        }

        public override async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default)
        {
            await ComeAsync();
            return await base.GetAsync(key, cancel);
        }

        public override async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default)
        {
            await ComeAsync();
            return await base.GetRangeAsync(key, offset, length, cancel);
        }

        public override async ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default)
        {
            await ComeAsync();
            return await base.SizeAsync(key, cancel);
        }
    }
}
