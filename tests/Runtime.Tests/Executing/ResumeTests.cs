using System.Buffers;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

public class ResumeTests
{
    /// <summary>Values in records, in packs and in blobs, a foreach, a gather, a retry and lines.</summary>
    private static FlowBuilder Flow() => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 12).ToArray()), FlowBuilder.Ints("grid"))
        .Step("big", "", frame => frame.Set(0, Enumerable.Range(0, 500_000).ToArray()), FlowBuilder.Ints("big"))
        .Step("fit", "each:grid", frame =>
        {
            Console.WriteLine("fit");
            frame.Set(0, Enumerable.Repeat(frame.Value<int>(0), 3000).ToArray());
        }, FlowBuilder.Ints("fit"))
        .Step("score", "fit big", frame =>
        {
            if (frame.Context.Attempt == 1 && frame.Context.Index[0] == 3) throw new IOException("busy");
            frame.Set(0, frame.Value<int[]>(0).Sum() + frame.Value<int[]>(1).Length);
        }, [FlowBuilder.Int("score")], retry: new RetryPolicy(1, TimeSpan.FromMilliseconds(1)))
        .Step("best", "all:score", frame => frame.Set(0, frame.Gather<int>(0).Max()), FlowBuilder.Int("best"));

    [Fact]
    public async Task Resume_KilledAtEveryPut_EndsWithTheSameArtifacts()
    {
        var undisturbed = new TestRun();
        var expected = await HashesAsync(undisturbed, (await undisturbed.StartAsync(Flow())).Run);
        var crashes = await CrashSuite.RunAsync(Flow, HashesAsync, expected);

        Assert.True(crashes > 20, $"only {crashes} crashes");
    }

    [Fact]
    public async Task Resume_FailedRun_RunsOnlyWhatDidNotSucceed()
    {
        var broken = true;
        var runs = new List<string>();
        FlowBuilder Build() => new FlowBuilder()
            .Step("grid", "", frame => { runs.Add("grid"); frame.Set(0, new[] { 5, 6 }); }, FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", frame =>
            {
                lock (runs) runs.Add(frame.Context.TaskName + " " + frame.Context.IdempotencyKey);
                if (broken && frame.Value<int>(0) == 6) throw new IOException("no");
                frame.Set(0, frame.Value<int>(0) * 10);
            }, FlowBuilder.Int("fit"))
            .Step("best", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("best"));

        var first = new TestRun();
        var (failed, _) = await first.StartAsync(Build());
        var key = Assert.Single(runs, text => text.StartsWith("fit[1]", StringComparison.Ordinal));
        broken = false;
        runs.Clear();
        var second = new TestRun { Store = first.Store };
        var (resumed, status) = await second.StartAsync(Build(), failed);
        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal([key], runs);
        Assert.Equal(110, await second.IntAsync(resumed, step: 2));
        var fit = (await second.ReadAsync(resumed)).Find(new TaskAddress(1, 0))!;
        Assert.Equal((FlowTaskStatus.Reused, $"{failed}/fit[0]"), (fit.Status, fit.Origin));

        var third = new TestRun { Store = first.Store };
        runs.Clear();
        var (again, _) = await third.StartAsync(Build(), resumed);
        Assert.Empty(runs);
        Assert.Equal((resumed, failed), (third.Observer.Manifest!.Origin, third.Observer.Manifest.FirstOrigin));
        Assert.Equal($"{failed}/fit[0]", (await third.ReadAsync(again)).Find(new TaskAddress(1, 0))!.Origin);
    }

    [Fact]
    public async Task Resume_ChangedArtifactType_RunsTheStepAndWhatNeedsItAgain()
    {
        var first = new TestRun();
        var (origin, _) = await first.StartAsync(new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, 4), FlowBuilder.Int("load"))
            .Step("other", "", frame => frame.Set(0, 5), FlowBuilder.Int("other"))
            .Step("use", "load", frame => frame.Set(0, 1), FlowBuilder.Int("use")));
        var second = new TestRun { Store = first.Store };
        await second.StartAsync(new FlowBuilder()
            .Step("other", "", frame => frame.Set(0, 6), FlowBuilder.Int("other"))
            .Step("load", "", frame => frame.Set(0, "four"), FlowBuilder.Text("load"))
            .Step("use", "load", frame => frame.Set(0, frame.Value<string>(0).Length), FlowBuilder.Int("use")), origin);

        Assert.Equal(["done load", "done use", "reused other"], second.Observer.Events.Where(text => text.StartsWith("done") || text.StartsWith("reused")).Order());
    }

    [Fact]
    public async Task Resume_LostBlob_MakesItAgain()
    {
        var first = new TestRun();
        var (origin, _) = await first.StartAsync(Flow());
        var big = (await first.ReadAsync(origin)).Find(new TaskAddress(1))!.Outputs[0];
        var name = big.Hash.ToString();
        await foreach (var stored in first.Store.ListAsync("blobs/"))
            if (stored.Key.EndsWith(name, StringComparison.Ordinal)) await first.Store.DeleteAsync(stored.Key);

        var second = new TestRun { Store = first.Store };
        var (resumed, status) = await second.StartAsync(Flow(), origin);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Contains(second.Observer.Notices, notice => notice.StartsWith("big runs again: its stored result cannot be read.", StringComparison.Ordinal));
        Assert.Contains("done big", second.Observer.Events);
        Assert.Contains("reused fit[3]", second.Observer.Events);
        // It is made again as it was, so what was computed from it stands.
        Assert.Contains("reused score[3]", second.Observer.Events);
        Assert.Equal(await HashesAsync(first, origin), await HashesAsync(second, resumed));
    }

    [Fact]
    public async Task Resume_RunThatIsAlive_IsRefused()
    {
        var first = new TestRun();
        var (entered, goes) = (new TaskCompletionSource(), new TaskCompletionSource());
        FlowBuilder Build() => new FlowBuilder().Step("slow", "", async _ => { entered.TrySetResult(); await goes.Task; });
        var running = first.StartAsync(Build());
        await entered.Task;

        var second = new TestRun { Store = first.Store };
        var error = await Assert.ThrowsAsync<FlowException>(() => second.StartAsync(Build(), first.Observer.Manifest!.Run));

        Assert.Equal(RunErrors.Alive, error.Code);
        goes.SetResult();
        await running;
    }

    [Fact]
    public async Task Resume_NewParameter_GetsItsDefault()
    {
        var first = new TestRun();
        var (origin, _) = await first.StartAsync(new FlowBuilder().Step("a", "", _ => { }));
        var flow = new FlowBuilder().Parameter<int, Int32Codec>("trees", ParameterParsers.Parsable<int>(), 3).Step("a", "", _ => { });

        var second = new TestRun { Store = first.Store };
        await second.StartAsync(flow, origin);
        Assert.Equal("03", Convert.ToHexString(Assert.Single(second.Observer.Manifest!.Parameters).Value.Span));

        var required = new FlowBuilder().Parameter<int, Int32Codec>("trees", ParameterParsers.Parsable<int>(), 3).Step("a", "", _ => { })
            .Changed(definition => definition with { Parameters = [new ParameterDefinition<int, Int32Codec> { Name = "trees", Property = "trees", TypeName = "int", Parser = ParameterParsers.Parsable<int>(), Shareable = true, IsRequired = true }] });
        var error = await Assert.ThrowsAsync<FlowException>(() => new TestRun { Store = first.Store }.StartAsync(required, origin));
        Assert.Equal(("FG1211", 2), (error.Code, error.ExitCode));
        Assert.Contains("'trees'", error.Message);
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(TestRun run, RunKey key)
    {
        var state = await run.ReadAsync(key);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => string.Join(" ", task.Outputs.Select(output => output.Hash))));
    }
}
