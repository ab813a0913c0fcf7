using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>No clock takes part in what is true of a run.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task Run_ClockJumpsByHours_IsKilledAndResumedAsEver()
    {
        var expected = await HashesAsync(new InMemoryStore(), null);
        for (var seed = 0; seed < 60; seed++)
        {
            var inner = new InMemoryStore(new JumpingTime(seed));
            var observer = new RecordingObserver();
            var killed = new NumberedStore(inner, 4 + seed % 40, Trouble.KilledAfter);
            RunKey? left = null;
            try
            {
                (left, _) = await SmallFlow.RunAsync(killed, time: new JumpingTime(seed + 1000), observer: observer);
            }
            catch (FlowException e) when (NumberedStore.IsKill(e))
            {
                left = observer.Manifest?.Run;
            }

            Assert.Equal(expected, await HashesAsync(inner, left, new JumpingTime(seed + 2000)));
        }
    }

    [Fact]
    public async Task Heartbeat_ClockJumpsByHours_ALiveDriverIsNotTakenForDead()
    {
        // The store has a clock of its own, and that is the one that counts; the driver's jumps.
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var objects = new InMemoryStore(clock);
        var store = await RunStore.OpenAsync(objects, forWriting: true, new JumpingTime(1), default);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(clock.GetUtcNow()), new JumpingTime(2), default);
        var elsewhere = ThisMachine.Driver("s3") with { Host = "elsewhere" };
        for (var second = 0; second < 600; second += 15)
        {
            await objects.PutAsync(Beat.Key(log.Run), new Beat(0, second, 0, elsewhere).Wrap());
            clock.Advance(TimeSpan.FromSeconds(15));
            Assert.True((await store.LivenessAsync(log.Run, elsewhere, Guid.NewGuid(), 0, default)).IsAlive);
        }

        clock.Advance(Beat.Limit);
        Assert.False((await store.LivenessAsync(log.Run, elsewhere, Guid.NewGuid(), 0, default)).IsAlive);
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(IObjectStore objects, RunKey? resume, TimeProvider? time = null)
    {
        var (run, status) = await SmallFlow.RunAsync(objects, resume, fork: resume is not null, time);
        Assert.Equal(RunStatus.Succeeded, status);
        var state = await new TestRun { Store = objects }.ReadAsync(run);
        Assert.All(state.Tasks, task => Assert.True(task.Duration >= TimeSpan.Zero, $"{state.NameOf(task.Address)} took {task.Duration}"));
        Assert.True(state.Duration >= TimeSpan.Zero);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => string.Join(" ", task.Outputs.Select(output => output.Hash))), StringComparer.Ordinal);
    }
}
