using System.Buffers;
using FlowGen;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>Measures the memory of the process, so it runs alone.</summary>
[CollectionDefinition(nameof(WideRunTests), DisableParallelization = true)]
[Collection(nameof(WideRunTests))]
public class WideRunTests
{
    // grid =g=> fit[g] -> score[g] => sum, with 3 KiB passing from fit to score: 300 MiB if it were kept
    [Fact]
    public async Task RunAsync_HundredThousandItems_KeepsOnlyWhatIsInFlight()
    {
        const int width = 100_000;
        var run = new TestRun { Store = new ForgetfulStore(new InMemoryStore()), MaxParallel = 2, Observer = new RecordingObserver { IsForgetful = true } };
        var (peak, sum) = (0L, 0L);
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, width).ToArray()), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", frame => frame.Set(0, new string((char)('a' + frame.Value<int>(0) % 20), 3000)), FlowBuilder.Text("fit"))
            .Step("score", "fit", frame =>
            {
                if (frame.Context.Index[0] % 20_000 == 19_999) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                frame.Set(0, frame.Value<string>(0)[2999] - 'a');
            }, FlowBuilder.Int("score"))
            .Step("sum", "all:score", frame => sum = frame.Gather<int>(0).Sum());

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (_, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(Enumerable.Range(0, width).Sum(item => (long)(item % 20)), sum);
        Assert.InRange(peak, 1, before + 100 * 1024 * 1024);
    }

    // days =d=> hours[d] =h=> fit[d,h] -> score[d,h] => daily[d] => sum, with 3 KiB passing from fit to score: 300 MiB if it were kept
    [Fact]
    public async Task RunAsync_HundredThousandNestedItems_KeepsOnlyWhatIsInFlight()
    {
        const int width = 316;
        var run = new TestRun { Store = new ForgetfulStore(new InMemoryStore()), MaxParallel = 2, Observer = new RecordingObserver { IsForgetful = true } };
        var (peak, sum) = (0L, 0L);
        var flow = new FlowBuilder()
            .Step("days", "", frame => frame.Set(0, Enumerable.Range(0, width).ToArray()), FlowBuilder.Ints("days"))
            .Step("hours", "each:days", frame => frame.Set(0, Enumerable.Range(0, width).ToArray()), FlowBuilder.Ints("hours"))
            .Step("fit", "each:days each:hours", frame => frame.Set(0, new string((char)('a' + frame.Value<int>(1) % 20), 3000)), FlowBuilder.Text("fit"))
            .Step("score", "fit", frame =>
            {
                if (frame.Context.Index[0] % 60 == 59 && frame.Context.Index[1] == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                frame.Set(0, frame.Value<string>(0)[2999] - 'a');
            }, FlowBuilder.Int("score"))
            .Step("daily", "all:score each:days", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("daily"))
            .Step("sum", "all:daily", frame => sum = frame.Gather<int>(0).Sum());

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (_, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(width * Enumerable.Range(0, width).Sum(item => (long)(item % 20)), sum);
        Assert.InRange(peak, 1, before + 100 * 1024 * 1024);
    }

    /// <summary>Takes slots of the log and keeps none after the first.</summary>
    private sealed class ForgetfulStore(IObjectStore inner) : ForwardingStore(inner)
    {
        public override ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) =>
            key.Contains("/log/", StringComparison.Ordinal) && !key.EndsWith("/log/0000000000", StringComparison.Ordinal)
                ? new(PutOutcome.Stored)
                : base.PutIfAbsentAsync(key, content, cancel);
    }
}
