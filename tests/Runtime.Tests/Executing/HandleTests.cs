using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Executing;

/// <summary>Inputs that are read when the step asks for them: handles and streams.</summary>
public class HandleTests
{
    [Fact]
    public async Task Handle_IsReadOnDemand()
    {
        (string? Name, int Size, int[]? Value, bool Copies) got = default;
        var flow = new FlowBuilder()
            .Step("big", "", frame => frame.Set(0, LanguageTests.Numbers(1000)), FlowBuilder.Ints("big"))
            .Step("use", "handle:big", async frame =>
            {
                var handle = frame.Value(0, InputWraps.Handle<int[]>);
                var (first, second) = (await handle.GetAsync(), await handle.GetAsync());
                got = (handle.Name, (int)handle.Size, first, !ReferenceEquals(first, second));
                Assert.Equal(64, handle.Hash.Length);
            });

        await TestRun.RunAsync(flow);

        Assert.Equal(("big", 1000, true), (got.Name, got.Value!.Length, got.Copies));
        Assert.InRange(got.Size, 1000, 5000);
    }

    [Fact]
    public async Task Handle_OfAParameter_IsReadOnDemandToo()
    {
        (string? Name, int Value, string? Hash) got = default;
        var flow = new FlowBuilder()
            .Parameter<int, Int32Codec>("count", ParameterParsers.Parsable<int>(), 7)
            .Step("use", "handle:count optional:count", async frame =>
            {
                var handle = frame.Value(0, InputWraps.Handle<int>);
                got = (handle.Name, await handle.GetAsync() + frame.Value(1, InputWraps.Optional<int>).Value, handle.Hash);
            });

        await TestRun.RunAsync(flow);

        Assert.Equal(("count", 14, Hash256.Of([7]).ToString()), got);
    }

    [Fact]
    public async Task Handles_OfAGather_NameTheirTasks()
    {
        string[] names = [];
        var flow = LanguageTests.Nested().Step("all", "handle:all:score", async frame =>
        {
            var handles = frame.Gather(0, InputWraps.Handle<int>);
            names = [.. handles.Select(handle => handle.Name)];
            Assert.Equal(201, await handles[2].GetAsync());
        });

        await TestRun.RunAsync(flow);

        Assert.Equal(["score[1,0]", "score[2,0]", "score[2,1]"], names);
    }

    [Fact]
    public async Task Stream_IsReadOneByOne()
    {
        var got = new List<int>();
        var flow = LanguageTests.Nested().Step("all", "stream:all:score", async frame =>
        {
            await foreach (var value in frame.Stream(0, InputWraps.None<int>)) got.Add(value);
        });

        await TestRun.RunAsync(flow);

        Assert.Equal([100, 200, 201], got);
    }

    [Fact]
    public async Task Stream_HoldsOnlyWhatIsRead()
    {
        var reads = 0;
        var store = new CountingReads(new FlowGen.Storage.InMemoryStore(), () => reads++);
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, LanguageTests.Numbers(6)), FlowBuilder.Ints("grid"))
            .Step("big", "each:grid", frame => frame.Set(0, Enumerable.Repeat(1000 + frame.Value<int>(0), 500_000).ToArray()), FlowBuilder.Ints("big")) // a blob each
            .Step("all", "stream:all:big", async frame =>
            {
                Assert.Equal(0, reads);
                var seen = 0;
                await foreach (var values in frame.Stream(0, InputWraps.None<int[]>))
                {
                    Assert.Equal(1000 + seen++, values[^1]);
                    Assert.Equal(seen, reads);
                    if (seen == 4) break;
                }
            });

        var (_, status) = await new TestRun { Store = store }.StartAsync(flow);

        Assert.Equal((RunStatus.Succeeded, 4), (status, reads));
    }

    private sealed class CountingReads(FlowGen.Storage.IObjectStore inner, Action read) : ForwardingStore(inner)
    {
        public override ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default)
        {
            if (key.StartsWith("blobs/", StringComparison.Ordinal)) read();
            return base.GetAsync(key, cancel);
        }
    }
}
