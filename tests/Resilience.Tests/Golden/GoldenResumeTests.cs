using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Resilience.Tests.Remote;
using Runtime.Tests.Executing;

namespace Resilience.Tests;

/// <summary>What an earlier version left open is brought to its end by this one, from where it was.</summary>
public sealed class GoldenResumeTests : IDisposable
{
    private readonly Storage.Tests.TemporaryFolder _folder = GoldenStore.Extract("v3");

    private LocalFolderStore Objects => field ??= new LocalFolderStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Store_OfVersion3_HasEveryRecordAndEveryKindOfObject()
    {
        var kinds = new HashSet<ObjectKind>();
        var records = new HashSet<Type>();
        await foreach (var found in Objects.ListAsync(""))
        {
            var bytes = (await Objects.GetAsync(found.Key))!;
            Assert.Equal(3, bytes[4]);
            kinds.Add((ObjectKind)bytes[5]);
            if (bytes[5] != (byte)ObjectKind.Slot) continue;
            foreach (var record in LogSlot.Read("golden", found.Key, bytes).Records)
                for (var at = record; at is not null; at = (at as InSubFlow)?.Record) records.Add(at.GetType());
        }

        Assert.Empty(Enum.GetValues<ObjectKind>().Except(kinds));
        Assert.Empty(typeof(RunRecord).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunRecord)) && !type.IsAbstract).Except(records).Select(type => type.Name));
    }

    [Fact]
    public async Task Resume_RunThatWasKilled_TakesWhatItHas()
    {
        var left = await FindAsync("small", run => run.Status == RunStatus.Interrupted);
        var had = (await new TestRun { Store = Objects }.ReadAsync(left)).Tasks.Count(task => task.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused);
        var observer = new RecordingObserver();
        var (run, status) = await SmallFlow.RunAsync(Objects, left, observer: observer);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.InRange(had, 1, 7);
        Assert.Equal(had, observer.Events.Count(text => text.StartsWith("reused", StringComparison.Ordinal)));
        var expected = await FindAsync("small", found => found.Status == RunStatus.Succeeded && found.Manifest.Run != run);
        Assert.Equal(await HashesAsync(expected), await HashesAsync(run));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Drive_RunWithSlices_AdoptsWhatTheyProposed(bool wasReleased)
    {
        var left = await FindAsync("far", run => run.Status == RunStatus.Interrupted, state => state.IsReleased == wasReleased);
        var before = await new TestRun { Store = Objects }.ReadAsync(left);
        var called = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var flow = FarFlow.Make(called.Enqueue, withFlow: !wasReleased);
        var jobs = new WorkerJobs(Objects, flow.Build());
        var run = new TestRun { Store = Objects, Remote = jobs.Options };

        Assert.Equal(RunStatus.Succeeded, await run.ContinueAsync(flow, left));

        // Of the jobs the engine knows nothing any more; what they had proposed is there.
        Assert.Equal(FarFlow.Items * (FarFlow.Items - 1) / 2 + 2 * FarFlow.Items, await run.IntAsync(left, step: 3));
        if (!wasReleased) Assert.Empty(called);
        var ended = before.Tasks.Where(task => task.Status == FlowTaskStatus.Succeeded).Select(task => before.NameOf(task.Address)).ToList();
        Assert.DoesNotContain(called, call => ended.Contains(call.Split('#')[0]));
        CrashSuite.AssertOnce(await run.RecordsAsync(left));
    }

    [Fact]
    public async Task Drive_RunWithMergedSlots_GoesOnWithTheNextRound()
    {
        var left = await FindAsync("steady", run => run.Status == RunStatus.Interrupted);
        Assert.NotEmpty(await Objects.ListAsync(left.Prefix + "merged/").ToListAsync());
        var rounds = new List<int>();
        var run = new TestRun { Store = Objects };

        Assert.Equal(RunStatus.Succeeded, await run.ContinueAsync(GoldenRuns.Steady(round =>
        {
            rounds.Add(round);
            return Task.CompletedTask;
        }), left));

        // The last round that the first driver came to was not written.
        Assert.Equal(Enumerable.Range(GoldenRuns.KilledAt, GoldenRuns.Rounds - GoldenRuns.KilledAt), rounds);
    }

    [Fact]
    public async Task Run_FlowWithASharedResult_TakesIt()
    {
        var run = new TestRun { Store = Objects };
        var (_, status) = await run.StartAsync(GoldenRuns.Shared(static () => throw new InvalidOperationException("it was called")));
        Assert.Equal((RunStatus.Succeeded, true), (status, run.Observer.Events.Contains("reused slow")));
    }

    [Fact]
    public async Task Collect_Everything_LeavesWhatRunsNeed()
    {
        var store = await RunStore.OpenAsync(Objects, forWriting: true, TimeProvider.System, default);
        var runs = await store.ListAsync(null, default).ToListAsync();
        var report = await new Collector(store, TimeProvider.System).RunAsync(new RetireRules { Named = [runs[^1]] }, isDry: false, default);

        Assert.Contains(runs[^1], report.Retired);
        Assert.Empty(await new StoreCheck(store, repairs: false).RunAsync(default));
        Assert.Equal(runs.Count - 1, await store.ListAsync(null, default).CountAsync());
    }

    private async Task<RunKey> FindAsync(string flow, Func<RunSummary, bool> isMeant, Func<RunState, bool>? hasState = null)
    {
        var store = await RunStore.OpenAsync(Objects, forWriting: false, TimeProvider.System, default);
        return (await store.SummarizeAllAsync(flow, null, null, default).FirstAsync(async (run, cancel) => isMeant(run) && (hasState is null || hasState(await store.ReadAsync(run.Manifest.Run, cancel))))).Manifest.Run;
    }

    private async Task<SortedDictionary<string, string>> HashesAsync(RunKey run)
    {
        var state = await new TestRun { Store = Objects }.ReadAsync(run);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => string.Join(" ", task.Outputs.Select(output => output.Hash))), StringComparer.Ordinal);
    }
}
