using FlowGen;
using System.Collections.Immutable;
using FlowGen.CommandLine;
using FlowGen.Executing;
using FlowGen.Executing.Driving;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Driving;

public class ScheduledRunTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 13, 6, 30, 0, default);

    private readonly TestRun _test = new();

    private RunRequest Request => _test.Request(new FlowBuilder().Step("a", "", _ => { }));

    private async Task<StartedRun> BeginAsync(RunKey key) => await RunStart.BeginAsync(Request with { Key = key, Schedule = "churn-1" }, new SerialObserver(_test.Observer), CancellationToken.None);

    [Fact]
    public async Task Find_StartThatWasCutOff_IsClosedAndAnotherKeyTakesItsPlace()
    {
        var (first, _) = await ScheduledRun.FindAsync(Request, "churn-1", Time);
        // Registered, and its process gone before the run was submitted.
        var cut = await BeginAsync(first);

        var (second, submitted) = await ScheduledRun.FindAsync(Request, "churn-1", Time);

        Assert.NotEqual(first, second);
        Assert.Null(submitted);
        var store = await RunStore.OpenAsync(_test.Store, forWriting: false, TimeProvider.System, CancellationToken.None);
        Assert.Equal(RunStatus.Cancelled, (await store.ReadAsync(first, CancellationToken.None)).Status);
        // The one that was thought gone cannot submit it any more.
        cut.Log.Append(new RunSubmitted(RunSubmitted.Local, ImmutableSortedDictionary<string, string>.Empty, "", HasDriverJob: true, ImmutableSortedDictionary<string, string>.Empty));
        Assert.Equal(StoreErrors.Fenced, (await Assert.ThrowsAsync<FlowException>(async () => await cut.Log.ReleaseAsync())).Code);
    }

    [Fact]
    public async Task Find_RunThatIsSubmitted_IsThatRun()
    {
        var (key, _) = await ScheduledRun.FindAsync(Request, "churn-1", Time);
        await using (var started = await BeginAsync(key))
        {
            started.Log.Append(new RunSubmitted(RunSubmitted.Local, ImmutableSortedDictionary<string, string>.Empty, "", HasDriverJob: true, ImmutableSortedDictionary<string, string>.Empty));
            await started.Log.ReleaseAsync();
        }

        var (again, submitted) = await ScheduledRun.FindAsync(Request, "churn-1", Time);

        Assert.Equal((key, key), (again, submitted!.Manifest!.Run));
        Assert.Contains("schedule:churn-1", submitted.Manifest.Tags);
        Assert.Equal(Time, key.Created);
        Assert.NotEqual(key, (await ScheduledRun.FindAsync(Request, "churn-2", Time)).Key);
        Assert.NotEqual(key, (await ScheduledRun.FindAsync(Request, "churn-1", Time.AddDays(1))).Key);
    }
}
