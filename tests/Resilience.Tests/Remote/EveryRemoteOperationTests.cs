using System.Collections.Concurrent;
using FlowGen;
using FlowGen.Engines;
using FlowGen.Runs;
using FlowGen.Storage;
using Resilience.Tests.Faults;
using Runtime.Tests.Executing;

namespace Resilience.Tests.Remote;

/// <summary>A run whose steps are sent to an engine, and something that happens to each operation of its driver, of its workers, to each answer of the engine, one after the other.</summary>
public sealed class EveryRemoteOperationTests
{
    private static readonly Lazy<Task<SortedDictionary<string, string>>> s_undisturbed = new(async () =>
    {
        var store = new InMemoryStore();
        var flow = FarFlow.Make();
        var (run, status) = await new TestRun { Store = store, Remote = new WorkerJobs(store, flow.Build()).Options }.StartAsync(flow);
        Assert.Equal(RunStatus.Succeeded, status);
        return await HashesAsync(store, run);
    });

    /// <summary>The second driver is killed as well; the third is left alone. Nothing that a worker has proposed runs again.</summary>
    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter)]
    public async Task Drive_KilledAtEveryOperationAndAgain_AdoptsWhatIsOnItsWay(Trouble kill) => await EachAsync(40, async at =>
    {
        var world = new World();
        var wasHit = await world.DriveAsync(new NumberedStore(world.Store, at, kill), new NumberedStore(world.Store, at, kill));
        await world.CheckAsync($"{kill} at {at}", isOnce: true);
        return wasHit;
    });

    [Theory]
    [InlineData(Trouble.IoError), InlineData(Trouble.Unavailable), InlineData(Trouble.Partial), InlineData(Trouble.LostReply), InlineData(Trouble.Delayed), InlineData(Trouble.Duplicated), InlineData(Trouble.StaleList)]
    public async Task Drive_EveryOperationFailsOnce_EndsAsAnUndisturbedRun(Trouble trouble) => await EachAsync(40, async at =>
    {
        var world = new World();
        var wasHit = await world.DriveAsync(new NumberedStore(world.Store, at, trouble));
        await world.CheckAsync($"{trouble} at {at}", isOnce: true);
        return wasHit;
    });

    /// <summary>The first worker of each task; those that come after it are left alone.</summary>
    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter), InlineData(Trouble.IoError), InlineData(Trouble.Unavailable), InlineData(Trouble.Partial), InlineData(Trouble.LostReply), InlineData(Trouble.Delayed), InlineData(Trouble.Duplicated)]
    public async Task Work_SomethingHappensToEveryOperation_TheTaskIsSentAgain(Trouble trouble) => await EachAsync(5, async at =>
    {
        var world = new World();
        var stores = new ConcurrentBag<NumberedStore>();
        world.Jobs.StoreOf = number =>
        {
            if (number > FarFlow.Items) return world.Store;
            stores.Add(new NumberedStore(world.Store, at, trouble));
            return stores.First();
        };
        await world.DriveAsync();
        await world.CheckAsync($"{trouble} at {at}", isOnce: false);
        return stores.Any(store => store.WasHit);
    });

    [Fact]
    public async Task Work_EveryJobStartedTwice_TheFirstOutcomeStands()
    {
        var world = new World(copies: 2);
        await world.DriveAsync();
        await world.CheckAsync("twice", isOnce: false);
    }

    /// <summary>The n-th list of jobs is from before, or lacks those that run, or does not come; the n-th request to start jobs is not heard, or its answer is not.</summary>
    [Theory]
    [InlineData("late"), InlineData("empty"), InlineData("no list"), InlineData("not started"), InlineData("started, no answer"), InlineData("ended before it was")]
    public async Task Engine_AnswersAreLateOrLost_EndsAsAnUndisturbedRun(string trouble) => await EachAsync(2, async at =>
    {
        var world = new World();
        var (lists, starts, wasHit) = (0, 0, false);
        var past = new ConcurrentQueue<IReadOnlyDictionary<string, JobReport>>();
        world.Jobs.Trouble = call =>
        {
            var n = call switch { EngineCall.List => Interlocked.Increment(ref lists), EngineCall.Start => Interlocked.Increment(ref starts), _ => starts };
            if (call == EngineCall.List) past.Enqueue(world.Jobs.Reports());
            var isMeant = trouble switch
            {
                "late" or "empty" or "no list" or "ended before it was" => call == EngineCall.List && n == at,
                "not started" => call == EngineCall.Start && n == at,
                _ => call == EngineCall.Started && n == at,
            };
            if (!isMeant) return null;
            wasHit = true;
            return trouble switch
            {
                "late" => past.ElementAt(Math.Max(0, past.Count - 1 - at)),
                "empty" => new Dictionary<string, JobReport>(),
                "ended before it was" => world.Jobs.Reports().ToDictionary(job => job.Key, job => new JobReport(JobPhase.Lost, JobEnd.NodeLost, Reason: "the engine is wrong")),
                _ => throw new EngineUnavailableException("It does not answer."),
            };
        };
        await world.DriveAsync();
        await world.CheckAsync($"{trouble} at {at}", isOnce: false);
        return wasHit && at < 12;
    });

    /// <summary>Tries n = 1, 2, ... several at the same time, as all of them wait most of the time, until one is beyond the last operation.</summary>
    private static async Task EachAsync(int least, Func<int, Task<bool>> tryAsync)
    {
        const int Together = 8;
        for (var first = 1; ; first += Together)
        {
            var hits = await Task.WhenAll(Enumerable.Range(first, Together).Select(at => Task.Run(() => tryAsync(at))));
            if (hits.All(static isHit => isHit)) continue;
            Assert.True(first + hits.Count(static isHit => isHit) > least, $"only {first + hits.Count(static isHit => isHit)} operations");
            return;
        }
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(IObjectStore objects, RunKey run)
    {
        var state = await new TestRun { Store = objects }.ReadAsync(run);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => $"{task.Status} {string.Join(" ", task.Outputs.Select(output => output.Hash))}"), StringComparer.Ordinal);
    }

    /// <summary>A store, an engine, and drivers one after the other.</summary>
    private sealed class World
    {
        /// <summary>A driver that waits for something that it was not told of goes on after a minute.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

        private readonly ConcurrentQueue<string> _calls = [];
        private RunKey? _run;

        public World(int copies = 1) => Jobs = new WorkerJobs(Store, Flow().Build()) { Copies = copies };

        public InMemoryStore Store { get; } = new();

        public WorkerJobs Jobs { get; }

        /// <summary>Drivers until one comes to its end; after those something happens to, one that is left alone.</summary>
        /// <returns>Whether something happened.</returns>
        public async Task<bool> DriveAsync(params NumberedStore[] stores)
        {
            foreach (var store in stores)
            {
                if (await EndsAsync(store)) return stores.Any(static store => store.WasHit);
                Assert.True(store.WasHit);
            }

            Assert.True(await EndsAsync(Store));
            return stores.Any(static store => store.WasHit);
        }

        public async Task CheckAsync(string what, bool isOnce)
        {
            await Jobs.EndedAsync();
            var expected = await s_undisturbed.Value;
            var actual = await HashesAsync(Store, _run!.Value);
            Assert.True(expected.SequenceEqual(actual), $"{what}: {string.Join("\n", actual.Except(expected))}");
            CrashSuite.AssertOnce(await new TestRun { Store = Store }.RecordsAsync(_run.Value));
            if (!isOnce) return;
            Assert.True(_calls.Count == _calls.Distinct().Count(), $"{what}: {string.Join(" ", _calls.Order())}");
        }

        private FlowBuilder Flow() => FarFlow.Make(_calls.Enqueue);

        private async Task<bool> EndsAsync(IObjectStore store)
        {
            var run = new TestRun { Store = store, Remote = Jobs.Options };
            try
            {
                var status = RunStatus.Running;
                if (_run is { } open) status = await run.ContinueAsync(Flow(), open).WaitAsync(Patience);
                else (_run, status) = await run.StartAsync(Flow()).WaitAsync(Patience);
                if (status == RunStatus.Interrupted) return false;
                Assert.True(status == RunStatus.Succeeded, $"{status}: {run.Observer.End?.Reason}");
                return true;
            }
            catch (FlowException e) when (e.ExitCode == 4 && store != Store)
            {
                _run ??= run.Observer.Manifest?.Run;
                return false;
            }
        }
    }
}
