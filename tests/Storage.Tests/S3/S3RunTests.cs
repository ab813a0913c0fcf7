using System.Collections.Concurrent;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing;

namespace Storage.Tests.S3;

/// <summary>Whole runs on a real server: killed, fought for, and cut off from it.</summary>
public sealed class S3RunTests
{
    /// <summary>Values in records, in packs and in a blob, a foreach and a gather.</summary>
    private static FlowBuilder Flow(Action? inTheMiddle = null) => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 6).ToArray()), FlowBuilder.Ints("grid"))
        .Step("big", "grid", frame =>
        {
            inTheMiddle?.Invoke();
            frame.Set(0, Enumerable.Range(0, 500_000).ToArray());
        }, FlowBuilder.Ints("big"))
        .Step("fit", "each:grid big", frame => frame.Set(0, Enumerable.Repeat(frame.Value<int>(0) + frame.Value<int[]>(1).Length, 3000).ToArray()), FlowBuilder.Ints("fit"))
        .Step("best", "all:fit", frame => frame.Set(0, frame.Gather<int[]>(0).Max(values => values[0])), FlowBuilder.Int("best"));

    private static async Task<SortedDictionary<string, string>> HashesAsync(TestRun run, RunKey key)
    {
        var state = await run.ReadAsync(key);
        Assert.Equal(RunStatus.Succeeded, state.Status);
        foreach (var output in state.Tasks.SelectMany(task => task.Outputs))
        {
            var store = await RunStore.OpenAsync(run.Store, forWriting: false, TimeProvider.System, default);
            foreach (var part in await store.Artifacts.ReadAsync(output, default)) Assert.True(part.Length > 0);
        }
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => string.Join(",", task.Outputs.Select(output => output.Hash))), StringComparer.Ordinal);
    }

    private static async Task<SortedDictionary<string, string>> UndisturbedAsync()
    {
        var run = new TestRun();
        return await HashesAsync(run, (await run.StartAsync(Flow())).Run);
    }

    [Fact]
    public async Task Resume_KilledAtEveryPut_EndsWithTheSameArtifacts()
    {
        var crashes = await CrashSuite.RunAsync(() => Flow(), HashesAsync, await UndisturbedAsync(), () => S3Server.Open(S3Server.NewStore()));
        Assert.True(crashes > 20, $"only {crashes} crashes");
    }

    [Theory]
    [InlineData(nameof(Trouble.None))] // nobody listens
    [InlineData(nameof(Trouble.Reset))]
    [InlineData(nameof(Trouble.LostReply))]
    [InlineData(nameof(Trouble.Silence))]
    [InlineData("SlowDown")]
    [InlineData("InternalError")]
    [InlineData("ExpiredToken")]
    public async Task Run_ServerGoesAwayInTheMiddle_GoesOnWhenItIsBack(string trouble)
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = S3Server.NewStore();
        var run = new TestRun { Store = S3Server.Open(store.Replace(S3Server.Url, proxy.Url, StringComparison.Ordinal) + "&timeout=1s", time: new InstantTime()) };

        var running = run.StartAsync(Flow(() => Begin(proxy, trouble)));
        if (await Task.WhenAny(run.Observer.Heard("notice"), running) == running) await running;

        Assert.Contains("It is tried again until it works", Assert.Single(run.Observer.Notices), StringComparison.Ordinal);
        Assert.DoesNotContain("done best", run.Observer.Events);
        End(proxy, trouble);
        var (key, status) = await running;
        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal("The store can be reached again.", run.Observer.Notices.Last());
        var direct = new TestRun { Store = S3Server.Open(store) };
        Assert.Equal(await UndisturbedAsync(), await HashesAsync(direct, key));
        AssertEachTaskOnce(await direct.RecordsAsync(key));
    }

    [Fact]
    public async Task Run_ServerStaysAway_EndsAndCanBeResumed()
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = S3Server.NewStore();
        var time = new InstantTime(); // an hour goes by in a moment
        var run = new TestRun { Store = S3Server.Open(store.Replace(S3Server.Url, proxy.Url, StringComparison.Ordinal), time: time), Time = time };

        var error = await Assert.ThrowsAnyAsync<FlowException>(() => run.StartAsync(Flow(proxy.Refuse)));

        Assert.Equal(("FG1136", 4), (error.Code, error.ExitCode));
        Assert.Contains("resume the run", error.Message, StringComparison.Ordinal);
        var again = new TestRun { Store = S3Server.Open(store) };
        Assert.Equal(RunStatus.Interrupted, (await again.ReadAsync(run.Observer.Manifest!.Run)).Status);
        var (key, _) = await again.StartAsync(Flow(), run.Observer.Manifest.Run);
        Assert.Equal(await UndisturbedAsync(), await HashesAsync(again, key));
    }

    [Fact]
    public async Task TwoDrivers_FightForARun_CommitEachTaskOnce()
    {
        var location = S3Server.NewStore();
        var manifest = Samples.Manifest();
        var first = await RunLog.CreateAsync(await Samples.OpenAsync(S3Server.Open(location)), manifest, TimeProvider.System, default);
        await first.WhenCommittedAsync(first.Append(new DimensionSized(0, default, 1_000)), default);
        await first.DisposeAsync();
        var acknowledged = new ConcurrentBag<int>();
        var (next, epochs) = (-1, 0);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var store = await Samples.OpenAsync(S3Server.Open(location));
            while (Volatile.Read(ref next) < 400)
            {
                try
                {
                    await using var log = await RunLog.TakeOverAsync(store, manifest.Run, TimeProvider.System, default);
                    Interlocked.Increment(ref epochs);
                    for (var i = 0; i < 20; i++)
                    {
                        var task = Interlocked.Increment(ref next);
                        await log.WhenCommittedAsync(log.Append(Samples.Success(1, task, [1])), default);
                        acknowledged.Add(task);
                    }
                }
                catch (FlowException e) when (e.Code == StoreErrors.Fenced)
                {
                    // The other one has it now.
                }
            }
        })));

        var records = await new TestRun { Store = S3Server.Open(location) }.RecordsAsync(manifest.Run);
        var committed = records.OfType<TaskSucceeded>().Select(record => (int)record.Task.Index[0]).ToList();
        Assert.Equal(committed.Distinct().Count(), committed.Count);
        Assert.Subset(committed.ToHashSet(), acknowledged.ToHashSet());
        Assert.True(epochs > 2, "They did not fight.");
        Assert.Equal(records.OfType<EpochStarted>().Count(), records.OfType<EpochStarted>().Select(epoch => epoch.Epoch).Distinct().Count());
    }

    [Fact]
    public async Task Resume_ManyAtOnce_OneWins()
    {
        var location = S3Server.NewStore();
        var store = await Samples.OpenAsync(S3Server.Open(location));
        for (var round = 0; round < 10; round++)
        {
            await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default);
            await log.FinishAsync(Samples.End(RunStatus.Failed));
            var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await Samples.OpenAsync(S3Server.Open(location))));
            var won = await Task.WhenAll(stores.Select(rival => Task.Run(async () =>
            {
                try
                {
                    await rival.ClaimAsync(log.Run, RunKey.Create("sample", TimeProvider.System.GetUtcNow()), fork: false, default);
                    return 1;
                }
                catch (FlowException e) when (e.Code == RunErrors.Alive)
                {
                    return 0;
                }
            })));
            Assert.Equal(1, won.Sum());
        }
    }

    private static void Begin(FaultProxy proxy, string trouble)
    {
        if (trouble == nameof(Trouble.None)) proxy.Refuse();
        else if (Enum.TryParse<Trouble>(trouble, out var known)) proxy.Plan = _ => known;
        else proxy.Answer = _ => (trouble == "InternalError" ? "500 Internal Server Error" : trouble == "SlowDown" ? "503 Slow Down" : "400 Bad Request", FaultProxy.Error(trouble));
    }

    private static void End(FaultProxy proxy, string trouble)
    {
        if (trouble == nameof(Trouble.None)) proxy.Accept();
        proxy.Plan = static _ => Trouble.None;
        proxy.Answer = static _ => null;
    }

    private static void AssertEachTaskOnce(List<RunRecord> records)
    {
        var tasks = records.OfType<TaskSucceeded>().Select(record => record.Task).ToList();
        Assert.Equal(9, tasks.Count);
        Assert.Equal(9, tasks.Distinct().Count());
    }
}
