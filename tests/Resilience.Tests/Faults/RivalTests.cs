using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>Two drivers and two resumes want one run at the same time, in a thousand orders of their operations.</summary>
public sealed class RivalTests
{
    private const int Rounds = 1000;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    [Fact]
    public void TwoDriversAndTwoResumes_ThousandOrders_OneOwnsTheRunAndOneResumesIt()
    {
        var (driven, resumed, refused) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var (drivers, resumes, others) = Play(round);
            (driven, resumed, refused) = (driven + drivers, resumed + resumes, refused + others);
        }

        // All of it happens: drivers that come to an end, resumes that win, and those that hear a clear no.
        Assert.True(driven > Rounds / 10 && resumed > Rounds / 10 && refused > Rounds, $"{driven} driven, {resumed} resumed, {refused} refused");
    }

    private (int Driven, int Resumed, int Refused) Play(int seed)
    {
        var random = new Random(seed);
        var truth = new InMemoryStore(_time);
        var scheduler = new OneThreadScheduler();
        var manifest = Samples.Manifest(_time.GetUtcNow());
        LeaveAsync(truth, manifest).GetAwaiter().GetResult();

        var turns = new TurnStore(truth);
        var (driven, won) = (new List<string>(), new List<RunKey>());
        var options = new RunLogOptions { Scheduler = scheduler };
        Task[] rivals =
        [
            .. new[] { "a", "b" }.Select(name => Start(() => DriveAsync(turns, manifest.Run, name, driven, options))),
            .. Enumerable.Range(0, 2).Select(_ => Start(() => ResumeAsync(turns, manifest.Run, won, options))),
        ];
        for (var turn = 0; !rivals.All(rival => rival.IsCompleted); turn++)
        {
            scheduler.RunAll();
            if (turns.Waiting > 0) turns.Give(random.Next(turns.Waiting));
            else if (!rivals.All(rival => rival.IsCompleted)) _time.Advance(TimeSpan.FromMilliseconds(500));
            if (turn > 5000) throw new InvalidOperationException($"Round {seed} does not end.");
            scheduler.RunAll();
        }

        var refused = 0;
        foreach (var rival in rivals)
        {
            if (rival.Exception?.InnerException is FlowException { Code: StoreErrors.Fenced or RunErrors.Finished or RunErrors.Alive }) refused++;
            else rival.GetAwaiter().GetResult();
        }

        Check(truth, manifest.Run, driven, won);
        return (driven.Count, won.Count, refused);

        Task Start(Func<Task> live) => Task.Factory.StartNew(live, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
    }

    private async Task LeaveAsync(IObjectStore truth, RunManifest manifest)
    {
        var log = await RunLog.CreateAsync(await Samples.OpenAsync(truth, _time), manifest, _time, default, new RunLogOptions { Scheduler = TaskScheduler.Default });
        await log.DisposeAsync();
    }

    private async Task DriveAsync(IObjectStore objects, RunKey run, string name, List<string> driven, RunLogOptions options)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: false, _time, default);
        await using var log = await RunLog.TakeOverAsync(store, run, _time, default, options);
        await log.WhenCommittedAsync(log.Append(new TaskSucceeded(new(0), 1, name[0], _time.GetUtcNow(), default, [StoredValue.Of([1])])), default);
        await log.FinishAsync(Samples.End(RunStatus.Failed, name));
        driven.Add(name);
    }

    private async Task ResumeAsync(IObjectStore objects, RunKey run, List<RunKey> won, RunLogOptions options)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: false, _time, default);
        var successor = RunKey.Create(run.Flow, _time.GetUtcNow());
        await store.ClaimAsync(run, successor, fork: false, default, options);
        won.Add(successor);
    }

    private static void Check(InMemoryStore truth, RunKey run, List<string> driven, List<RunKey> won)
    {
        var fold = SimulatedNetwork.Done(new RunReader(truth).ReplayAsync(run, default))!;
        Assert.True(won.Count <= 1, "both resumed it");
        Assert.True(driven.Count <= 1, "both drove it to its end");
        if (won.Count == 1) Assert.NotNull(fold.End);
        if (driven.Count == 1) Assert.Equal(driven[0], fold.End!.Reason);
    }
}
