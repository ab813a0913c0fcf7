using FlowGen;
using FlowGen.CompilerServices;
using Generator.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Generator.Tests.Emission;

/// <summary>What attributes say is what the definition has.</summary>
public class PolicyTests
{
    private const string Program = """
        [Flow, Schedule("0 3 * * *", TimeZone = "Europe/Berlin"), Schedule("@daily"), Trigger("data/arrived"), TriggerOnFinish(typeof(OtherFlow)), Project("churn")]
        public partial class FullFlow
        {
            public static List<string> Told { get; } = [];

            [Step, Retry(5, Backoff = "2s", MaxBackoff = "30m", On = [typeof(System.IO.IOException), typeof(TimeoutException)], Except = [typeof(System.IO.FileNotFoundException)])]
            public int Load() => 1;

            [Step, Retry(1, Except = [typeof(ArgumentException)]), Resources(Cpu = 2.5, Memory = "4Gi", Gpu = 1, Disk = "10G", OnOutOfMemory = "x1.5 up to 64Gi"), Environment("A", "1"), Environment("B", "\"x\"\n"), Gang(4)]
            public int Fit(int load) => load;

            [Step, Isolated, RateLimit(300, "1m"), Cache(Version = "2")] public int Test(int fit) => fit;

            [Step, Inline, Cache] public int Last(int test) => test;

            [Finally] private void Tell(RunOutcome outcome) => Told.Add($"plain {outcome.Status}");
            [Finally] public static async Task TellAsync(ILogger log, RunOutcome outcome, CancellationToken cancel) { await Task.Yield(); Told.Add($"task {outcome.RunId} {log is not null}"); }
            [Finally] public ValueTask End(RunOutcome outcome) { Told.Add("value"); return default; }
        }

        [Flow("second")] public partial class OtherFlow { [Step] public int A() => 1; }
        """;

    [Fact]
    public void Definition_OfAFlowWithEveryPolicy_HasThem()
    {
        var loaded = new Loaded(Program);
        var flow = loaded.Definition("FullFlow");
        var (load, fit, test, last) = (flow.Steps[0], flow.Steps[1], flow.Steps[2], flow.Steps[3]);

        Assert.Equal([new ScheduleDefinition("0 3 * * *", "Europe/Berlin"), new ScheduleDefinition("@daily")], flow.Schedules);
        Assert.Equal(["data/arrived"], flow.Triggers);
        Assert.Equal(["second"], flow.TriggersOnFinish);
        Assert.Equal("churn", flow.Project);

        Assert.Equal((5, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(30)), (load.Retry!.Times, load.Retry.Backoff, load.Retry.MaxBackoff));
        Assert.Equal(["IOException", "TimeoutException"], load.Retry.On);
        Assert.Equal(["FileNotFoundException"], load.Retry.Except);
        Assert.Equal(new ResourceDefinition { Cpu = 2.5, Memory = 4L << 30, Gpu = 1, Disk = 10_000_000_000, MemoryGrowth = 1.5, MemoryLimit = 64L << 30 }, fit.Resources);
        Assert.Equal([new("A", "1"), new("B", "\"x\"\n")], fit.Environment);
        Assert.Equal(4, fit.Gang);
        Assert.Equal((true, new RateLimitDefinition(300, TimeSpan.FromMinutes(1)), new CacheDefinition("2")), (test.Isolated, test.RateLimit, test.Cache));
        Assert.Equal((true, new CacheDefinition(null), 1, false), (last.Inline, last.Cache, last.Gang, last.Isolated));
    }

    [Fact]
    public void Retries_OfAnExceptionOrASubclass_FollowOnAndExcept()
    {
        var loaded = new Loaded(Program);
        var (load, fit) = (loaded.Definition("FullFlow").Steps[0].Retry!.Retries!, loaded.Definition("FullFlow").Steps[1].Retry!.Retries!);

        Assert.True(load(new IOException()) && load(new EndOfStreamException()) && load(new TimeoutException()));
        Assert.False(load(new FileNotFoundException()) || load(new InvalidOperationException()));
        Assert.True(fit(new IOException()));
        Assert.False(fit(new ArgumentNullException()));
        Assert.Null(loaded.Definition("FullFlow").Steps[2].Retry);
    }

    [Fact]
    public async Task Finally_OfEveryShape_IsCalled()
    {
        var loaded = new Loaded(Program);
        var flow = loaded.Definition("FullFlow");
        var outcome = new RunOutcome { RunId = "full/1", Flow = "full", Status = RunStatus.Failed, Tags = [], Duration = TimeSpan.Zero };
        foreach (var method in flow.Finally) await method.Invoke(flow.Create([]), outcome, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.Equal(["Tell", "TellAsync", "End"], flow.Finally.Select(method => method.Method));
        Assert.Equal(["plain Failed", "task full/1 True", "value"], (List<string>)loaded.Assembly.GetType("FullFlow")!.GetProperty("Told")!.GetValue(null)!);
    }
}
