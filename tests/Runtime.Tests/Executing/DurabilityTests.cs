using System.Buffers;
using FlowGen;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

public class DurabilityTests
{
    [Fact]
    public async Task Durable_InputsNotCommitted_WaitsWhileOthersStartAtOnce()
    {
        var store = new GatedStore(new InMemoryStore());
        var run = new TestRun { Store = store };
        var (quick, eager) = (new TaskCompletionSource(), new TaskCompletionSource());
        var committed = false;
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, 1), FlowBuilder.Int("load"))
            .Step("quick", "load", _ => quick.SetResult())
            .Step("publish", "load", _ => { committed = store.IsOpen; return default; }, [], durable: true)
            .Step("eager", "load", async frame =>
            {
                var wait = frame.Context.Committed();
                eager.SetResult();
                await wait;
                Assert.True(store.IsOpen);
            });

        var running = run.StartAsync(flow);
        await quick.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await eager.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(run.Observer.Events, text => text.StartsWith("done", StringComparison.Ordinal));
        store.Open();

        Assert.Equal(RunStatus.Succeeded, (await running).Status);
        Assert.True(committed);
    }

    [Fact]
    public async Task StoreFails_WhileRunning_EndsWithItsErrorAndStartsNothingMore()
    {
        var store = new GatedStore(new InMemoryStore()) { Broken = new FlowException("FG1104", "The disk is full.", 4) };
        var run = new TestRun { Store = store, MaxParallel = 1 };
        var flow = new FlowBuilder()
            .Step("load", "", async frame => { store.Open(); await frame.Context.Committed(); })
            .Step("next", "", _ => { }, [], after: "load");

        var error = await Assert.ThrowsAsync<FlowException>(() => run.StartAsync(flow));

        Assert.Equal("FG1104", error.Code);
        Assert.Null(run.Observer.End);
    }

    /// <summary>Holds back every slot of the log after the first, or refuses it.</summary>
    private sealed class GatedStore(IObjectStore inner) : ForwardingStore(inner)
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FlowException? Broken { get; init; }

        public bool IsOpen => _open.Task.IsCompleted;

        public void Open() => _open.TrySetResult();

        public override async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
        {
            if (key.Contains("/log/", StringComparison.Ordinal) && !key.EndsWith("/log/0000000000", StringComparison.Ordinal))
            {
                await _open.Task;
                if (Broken is not null) throw Broken;
            }

            return await base.PutIfAbsentAsync(key, content, cancel);
        }
    }
}
