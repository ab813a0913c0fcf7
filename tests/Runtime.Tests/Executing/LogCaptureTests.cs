#pragma warning disable CA1848, CA1873 // Tests of what people write.
using System.Text;
using FlowGen;
using FlowGen.Executing.Logs;
using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace Runtime.Tests.Executing;

public class LogCaptureTests
{
    [Fact]
    public async Task Console_TasksAtTheSameTime_EachLineGoesToItsOwnAttempt()
    {
        const int width = 20;
        var run = new TestRun { MaxParallel = width };
        var all = new TaskCompletionSource();
        var arrived = 0;
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, width).ToArray()), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", async frame =>
            {
                var item = frame.Value<int>(0);
                Console.Write($"item {item} ");
                if (Interlocked.Increment(ref arrived) == width) all.SetResult();
                await all.Task;
                await Task.Yield();
                Console.WriteLine("on the console");
                await Task.Run(() => Console.Error.WriteLine($"item {item} on the error console"));
            });

        var (key, _) = await run.StartAsync(flow);

        var logs = await run.LogsAsync(key);
        for (var i = 0; i < width; i++)
        {
            Assert.Equal([$"item {i} on the console", $"item {i} on the error console"], logs[new TaskAddress(1, i)].Select(line => line[25..]));
            Assert.Contains($"line fit[{i}] item {i} on the console", run.Observer.Events);
        }
    }

    [Fact]
    public async Task Lines_OfAnAttempt_CarryATimeAndAreDurableBeforeItsOutcome()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var flow = new FlowBuilder().Step("talk", "", frame =>
        {
            frame.Logger.LogInformation("trained {Count} trees", 20);
            frame.Logger.LogDebug("not kept");
            frame.Logger.LogWarning(new IOException("disk slow"), "slow");
            Console.Write("no end of line");
        });

        var (key, _) = await run.StartAsync(flow);

        var lines = (await run.LogsAsync(key))[new TaskAddress(0)];
        Assert.Equal(["2026-01-31T12:00:00.000Z trained 20 trees", "2026-01-31T12:00:00.000Z warning: slow", "2026-01-31T12:00:00.000Z System.IO.IOException: disk slow",
            "2026-01-31T12:00:00.000Z no end of line"], lines);
        var records = await run.RecordsAsync(key);
        Assert.True(records.FindIndex(record => record is LogsWritten) < records.FindIndex(record => record is TaskSucceeded));
    }

    [Fact]
    public async Task Lines_OfARunningAttempt_AreWrittenEverySecond()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var time = (WatchedTime)run.Time;
        var goes = new TaskCompletionSource();
        var flow = new FlowBuilder().Step("talk", "", async _ =>
        {
            Console.WriteLine("early");
            await goes.Task;
        });

        var running = run.StartAsync(flow);
        await run.Observer.Heard("line talk early");
        async Task Written()
        {
            while ((await run.ReadAsync(run.Observer.Manifest!.Run)).Logs.IsEmpty) await Task.Yield();
        }

        await time.AdvanceUntilAsync(Task.Run(Written));
        goes.SetResult();
        Assert.Equal(RunStatus.Succeeded, (await running).Status);
    }

    [Fact]
    public async Task ManyTasksThatPrint_MakeNoObjectEach()
    {
        const int width = 1000;
        var run = new TestRun();
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, width).ToArray()), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", frame => Console.WriteLine("item " + frame.Value<int>(0)));

        var (key, _) = await run.StartAsync(flow);

        Assert.Equal(width, (await run.LogsAsync(key)).Count);
        var objects = 0;
        await foreach (var _ in run.Store.ListAsync("")) objects++;
        Assert.InRange(objects, 1, width / 10);
    }

    [Fact]
    public void Write_BeyondTheLimit_KeepsTheFirstMebibyteAndSaysSo()
    {
        var output = new AttemptOutput(TimeProvider.System, _ => { });
        var line = new string('x', 999) + "\n";
        for (var i = 0; i < 2000; i++) output.Write(line, isError: false);

        var kept = Encoding.UTF8.GetString(output.Take(close: true).Span);
        Assert.InRange(kept.Length, AttemptOutput.Limit - 2000, AttemptOutput.Limit + 200);
        Assert.EndsWith("The log of this attempt was cut here: only the first MiB is kept.\n", kept);
        output.Write("more\n", isError: false);
        Assert.Equal(0, output.Take(close: true).Length);
    }

    [Fact]
    public void Write_LineWithoutEnd_DoesNotGrowWithoutLimit()
    {
        var output = new AttemptOutput(TimeProvider.System, _ => { });
        for (var i = 0; i < 300; i++) output.Write(new string('x', 10_000), isError: false);

        Assert.InRange(output.Take(close: true).Length, 1, AttemptOutput.Limit + 200);
    }

    [Fact]
    public async Task Console_OutsideOfSteps_IsLeftAlone()
    {
        var original = Console.Out;
        await TestRun.RunAsync(new FlowBuilder().Step("a", "", _ => { }));
        var flow = new FlowBuilder().Step("a", "", frame => Console.WriteLine("inside"));
        var heard = await TestRun.RunAsync(flow);

        Assert.Contains("line a inside", heard.Events);
        Assert.IsNotType<ConsoleCapture>(original);
    }

    // The thread that writes holds the console's lock while the line is told; an observer that prints needs that lock.
    [Fact]
    public async Task Console_ObserverThatPrints_DoesNotDeadlock()
    {
        var run = new TestRun { Observer = new PrintingObserver() };
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 2000).ToArray()), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", frame => Console.WriteLine("item " + frame.Value<int>(0)));

        var (_, status) = await run.StartAsync(flow).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(2000, run.Observer.Events.Count(text => text.StartsWith("line fit", StringComparison.Ordinal)));
    }

    private sealed class PrintingObserver : RecordingObserver
    {
        protected override void Add(string text)
        {
            Console.Out.Write("");
            base.Add(text);
        }
    }
}
