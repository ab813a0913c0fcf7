using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Policies;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Policies changed for a run: understood, applied, recorded, kept by resumes.</summary>
public class OverrideTests
{
    private static FlowDefinition Flow => new FlowBuilder().Step("load", "", _ => { }).Step("fitAll", "", _ => { }).Build();

    [Theory]
    [InlineData("fitAll:retry=3", "fitAll:retry=3")]
    [InlineData("FitAll: retry=3, memory=8Gi ,load:cpu=0.5", "fitAll:retry=3 fitAll:memory=8Gi load:cpu=0.5")]
    [InlineData("*:timeout=1h", "*:timeout=1h")]
    [InlineData("load:rate=300/1m,max-parallel=4,isolated=true,gang=2,gpu=0,disk=none,backoff=500ms,timeout=none", "load:rate=300/1m load:max-parallel=4 load:isolated=true load:gang=2 load:gpu=0 load:disk=none load:backoff=500ms load:timeout=none")]
    public void Read_GoodText_GivesTheChanges(string text, string expected) =>
        Assert.Equal(expected, string.Join(" ", PolicyOptions.Read(Flow, [text]).Select(change => $"{change.Step}:{change.Policy}={change.Value}")));

    [Theory]
    [InlineData("fitAll", "'fitAll' is no policy of a step; write it like --with fit:retry=3,memory=8Gi or --with *:timeout=1h.")]
    [InlineData("retry=3", "'retry=3' is no policy of a step; write it like --with fit:retry=3,memory=8Gi or --with *:timeout=1h.")]
    [InlineData("fitAl:retry=3", "'fitAl:retry=3' names step 'fitAl', which flow 'test' does not have; did you mean 'fitAll'?")]
    [InlineData("xyz:retry=3", "'xyz:retry=3' names step 'xyz', which flow 'test' does not have; its steps are load, fitAll.")]
    [InlineData("load:retrys=3", "'load:retrys=3' names policy 'retrys', which does not exist; did you mean 'retry'?")]
    [InlineData("load:cache=2", "'load:cache=2' names policy 'cache', which can only be changed in code.")]
    [InlineData("load:retry=101", "'load:retry=101' has the value '101', expected a number of retries from 0 to 100, such as retry=3.")]
    [InlineData("load:memory=8GB", "'load:memory=8GB' has the value '8GB', expected an amount such as memory=4Gi, or none.")]
    [InlineData("load:timeout=soon", "'load:timeout=soon' has the value 'soon', expected a duration such as timeout=1h30m, or none.")]
    [InlineData("*:rate=5", "'*:rate=5' has the value '5', expected a number of starts in a duration such as rate=300/1m, or none.")]
    [InlineData("load:cpu=-1", "'load:cpu=-1' has the value '-1', expected a number of cores such as cpu=2 or cpu=0.5.")]
    public void Read_BadText_SaysWhatToWrite(string text, string expected)
    {
        var error = Assert.Throws<UsageException>(() => PolicyOptions.Read(Flow, [text]));

        Assert.Equal(("FG1020", "Option --with: " + expected, 2), (error.Code, error.Message, error.ExitCode));
    }

    [Fact]
    public void Read_SeveralMistakes_TellsAll() =>
        Assert.Equal(3, Assert.Throws<UsageException>(() => PolicyOptions.Read(Flow, ["load:retry=x,cpux=1", "lod:retry=1"])).Errors.Count);

    [Fact]
    public void Policies_SetToWhatTheyShow_StayWhatTheyAre()
    {
        var full = Flow.Steps[0] with
        {
            Retry = new RetryPolicy(7, TimeSpan.FromMilliseconds(90_500)),
            Timeout = new TimeSpan(1, 2, 3, 4, 5),
            Resources = new ResourceDefinition { Cpu = 2.5, Memory = 1536L << 20, Gpu = 1, Disk = 10_000_000_000 },
            RateLimit = new RateLimitDefinition(300, TimeSpan.FromMinutes(1)),
            MaxParallel = 4,
            Isolated = true,
            Gang = 3,
        };
        var shown = PolicyTable.Of(full);

        Assert.Equal("retry=7 backoff=1m30s500ms timeout=1d2h3m4s5ms cpu=2.5 memory=1536Mi gpu=1 disk=10G rate=300/1m max-parallel=4 isolated=true gang=3", string.Join(" ", shown.Select(policy => $"{policy.Key}={policy.Value}")));
        var copy = PolicyOverrides.Apply(Flow, [.. shown.Select(policy => new PolicyOverride("load", policy.Key, policy.Value))]).Steps[0];
        Assert.Equal(shown, PolicyTable.Of(copy));
        Assert.Equal((full.Timeout, full.Resources with { MemoryLimit = copy.Resources!.MemoryLimit }, full.RateLimit), (copy.Timeout, copy.Resources, copy.RateLimit));
        Assert.Empty(PolicyTable.Of(Flow.Steps[1]));
    }

    [Fact]
    public async Task RunAsync_WithAChange_ObeysRecordsAndKeepsItInResumes()
    {
        var attempts = 0;
        var flow = new FlowBuilder().Step("flaky", "", _ =>
        {
            attempts++;
            throw new IOException("busy");
        });
        var first = new TestRun { Overrides = [new("*", "retry", "2"), new("flaky", "backoff", "1ms")] };
        var (failed, _) = await first.StartAsync(flow);
        Assert.Equal(3, attempts);

        var second = new TestRun { Store = first.Store, Overrides = [new("flaky", "retry", "1")] };
        var (again, _) = await second.StartAsync(flow, resume: failed);
        Assert.Equal(5, attempts);

        var manifest = (await second.ReadAsync(again)).Manifest;
        Assert.Equal([new("*", "retry", "2"), new("flaky", "backoff", "1ms"), new("flaky", "retry", "1")], manifest.Overrides);
        Assert.Equal([new("retry", "1"), new("backoff", "1ms")], manifest.Graph.Steps[0].Policies);
        Assert.Equal([new("*", "retry", "2"), new("flaky", "backoff", "1ms")], (await first.ReadAsync(failed)).Manifest.Overrides);
    }

    [Fact]
    public async Task RunAsync_FlowOfAProject_HasItsTagAndItsPoliciesOnRecord()
    {
        var run = new TestRun();
        var (key, _) = await run.StartAsync(new FlowBuilder().Step("work", "", _ => { }).Changed(flow => flow with
        {
            Project = "churn", Schedules = [new("0 3 * * *", "Europe/Berlin"), new("@daily")], Triggers = ["data/arrived"],
        }));

        var manifest = (await run.ReadAsync(key)).Manifest;
        Assert.Equal(["project:churn", $"branch:user.{FlowGen.Hosting.CurrentUser.Name}"], manifest.Tags);
        Assert.Equal([new("schedule", "0 3 * * * (Europe/Berlin)"), new("schedule", "@daily (UTC)"), new("trigger", "data/arrived"), new("project", "churn")], manifest.Graph.Policies);
    }

    [Fact]
    public void After_ADayThatLosesAnHour_GivesTimesOfTheZone() =>
        Assert.Equal("2026-03-28 02:30 +01:00, 2026-03-29 03:00 +02:00, 2026-03-30 02:30 +02:00",
            Occurrences.After(new DateTimeOffset(2026, 3, 27, 12, 0, 0, TimeSpan.Zero), new ScheduleDefinition("30 2 * * *", "Europe/Berlin")));

    [Fact]
    public void After_AZoneThatTheMachineDoesNotKnow_SaysSo() =>
        Assert.Contains("tzdata", Occurrences.After(DateTimeOffset.UnixEpoch, new ScheduleDefinition("@daily", "Mars/Base")), StringComparison.Ordinal);
}
