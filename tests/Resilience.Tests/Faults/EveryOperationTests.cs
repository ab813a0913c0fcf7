using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>A small run, and something that happens to each of its operations on the store, one after the other: no operation is left out.</summary>
public abstract class EveryOperationTests
{
    private protected abstract IObjectStore NewStore();

    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter)]
    public async Task Run_KilledAtEveryOperationAndAgain_EndsAsAnUndisturbedOne(Trouble kill) => await EachAsync(kill, times: 2);

    [Theory]
    [InlineData(Trouble.IoError), InlineData(Trouble.NoSpace), InlineData(Trouble.Unavailable), InlineData(Trouble.Slow), InlineData(Trouble.Partial)]
    public async Task Run_EveryOperationFailsOnce_EndsOrCanBeResumed(Trouble trouble) => await EachAsync(trouble, times: 1);

    [Theory]
    [InlineData(Trouble.LostReply), InlineData(Trouble.Delayed), InlineData(Trouble.Duplicated), InlineData(Trouble.StaleList)]
    public async Task Run_NetworkThatPlaysTricks_EndsAsAnUndisturbedOne(Trouble trouble) => await EachAsync(trouble, times: 1);

    private async Task EachAsync(Trouble trouble, int times)
    {
        var time = trouble is Trouble.Slow or Trouble.Unavailable ? new InstantTime() : null;
        var hits = 0;
        for (var at = 1; ; at++)
        {
            var inner = NewStore();
            if (!await Processes.LiveAsync(inner, Enumerable.Range(0, times).Select(_ => new NumberedStore(inner, at, trouble, time)), time)) break;
            hits++;
            await Processes.CheckAsync(inner, $"{trouble} at {at}");
        }

        Assert.True(hits > 30, $"only {hits} operations");
    }
}

public sealed class EveryOperationInMemoryTests : EveryOperationTests
{
    private protected override IObjectStore NewStore() => new InMemoryStore();

    [Fact]
    public async Task Run_AsleepAtEveryOperationWhileAnotherTakesItsPlace_EndsAsAnUndisturbedOne()
    {
        var (hits, fenced) = (0, 0);
        for (var (at, wasHit) = (1, true); wasHit; at++)
        {
            var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
            var inner = new InMemoryStore(clock);
            var sleeper = new NumberedStore(inner, at, Trouble.Asleep)
            {
                Meanwhile = async () =>
                {
                    clock.Advance(Beat.Limit * 2);
                    // Another process: it has nothing of the context of this one.
                    Task another;
                    using (ExecutionContext.SuppressFlow()) another = Task.Run(() => Processes.LiveAsync(inner));
                    await another;
                },
            };
            try
            {
                await Processes.LiveAsync(sleeper);
            }
            catch (FlowException e) when (e.Code == StoreErrors.Fenced)
            {
                fenced++;
            }

            wasHit = sleeper.WasHit;
            hits += wasHit ? 1 : 0;
            await Processes.CheckAsync(inner, $"asleep at {at}");
        }

        Assert.True(hits > 30 && fenced > 5, $"{hits} operations, fenced at {fenced}");
    }
}

public sealed class EveryOperationInAFolderTests : EveryOperationTests, IDisposable
{
    // In memory where there is such a folder: what a disk does with a flush is not what is tried here.
    private readonly string _folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"flowgen-{Guid.NewGuid():n}");
    private int _stores;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override IObjectStore NewStore() => new LocalFolderStore(Path.Combine(_folder, $"{_stores++}"));
}
