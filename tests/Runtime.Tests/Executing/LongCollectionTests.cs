using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing.Remote;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing.Remote;

namespace Runtime.Tests.Executing;

/// <summary>A foreach over a collection that is long enough to have an index: nobody holds all of it, and everybody gets the same items.</summary>
public class LongCollectionTests
{
    /// <summary>Texts of about 2 KiB.</summary>
    private const int Count = 300;

    private static readonly ItemAccess<string, StringCodec> Items = new() { Shareable = true };

    private static string Item(int i) => new string('x', 2000) + i;

    private static FlowBuilder Flow(string edit = "as it is", Action<StepFrame>? length = null) => new FlowBuilder()
        .Step("many", "", frame => frame.Set(0, Enumerable.Range(0, Count).Select(Item).ToArray()), new ArtifactDefinition<string[], ArrayCodec<string, StringCodec>> { Name = "many", TypeName = "string[]", Shareable = false }).With(step => step with { Inline = true })
        .Step("number", "each:many", length ?? (frame => frame.Set(0, Number(frame.Value<string>(0)))), FlowBuilder.Int("number")).Edited("number", edit)
        .Step("sum", "all:number", frame => frame.Set(0, frame.Gather<int>(0).Select((number, i) => number * (i + 1)).Sum()), FlowBuilder.Int("sum")).With(step => step with { Inline = true })
        .Changed(flow => flow with { Dimensions = [flow.Dimensions[0] with { Items = Items }] });

    private static int Number(string item) => int.Parse(item.AsSpan(2000), System.Globalization.CultureInfo.InvariantCulture);

    private static int Expected => Enumerable.Range(0, Count).Sum(i => i * (i + 1));

    [Fact]
    public async Task Foreach_InProcessResumedAndEdited_TakesEveryItemOnce()
    {
        var store = new InMemoryStore();
        var first = new TestRun { Store = store };
        var (origin, _) = await first.StartAsync(Flow());
        Assert.NotNull((await first.ReadAsync(origin)).Find(new TaskAddress(0))!.Outputs[0].Items);
        Assert.Equal(Expected, await first.IntAsync(origin, step: 2));

        var again = new TestRun { Store = store };
        var (resumed, _) = await again.StartAsync(Flow(), resume: origin);
        Assert.All((await again.ReadAsync(resumed)).Steps, step => Assert.Equal(step.Count, step.Totals()[(int)FlowTaskStatus.Reused]));

        var edited = new TestRun { Store = store };
        var (changed, _) = await edited.StartAsync(Flow("edited"), resume: origin);
        Assert.Equal(Expected, await edited.IntAsync(changed, step: 2));
        Assert.Equal(Count, (await edited.ReadAsync(changed)).Steps[1].Totals()[(int)FlowTaskStatus.Succeeded]);
    }

    [Fact]
    public async Task Slices_OfALongCollection_SayWhereTheItemsAreAndCarryNone()
    {
        var store = new InMemoryStore();
        var jobs = new ScriptedJobs(store);
        var (inline, longest) = (0, 0L);
        jobs.Script = async job =>
        {
            var content = await job.ContentAsync();
            var artifacts = new ArtifactStore(store, TimeProvider.System);
            var events = new List<ProposedEvent>();
            StoredItems? items = null;
            for (var i = 0; i < content.Tasks.Length; i++)
            {
                if (content.Tasks[i].Inputs[0] is not IndexedInput input)
                {
                    inline++;
                    continue;
                }

                items ??= await StoredItems.OpenAsync(artifacts, input.Collection, Items, default);
                var taken = await items.FindAsync(input.Position, default);
                events.Add(new ProposedSuccess(i, DateTimeOffset.UtcNow, TimeSpan.FromMilliseconds(1), [StoredValue.Of(Encoded(Number(((string[])taken.Part)[taken.Position])))], TaskMarks.None));
            }

            var size = (await store.SizeAsync(SliceName.Key(RunKey.Parse(job.Request.Run)!.Value, job.Slice)))!.Value / content.Tasks.Length;
            lock (store) longest = Math.Max(longest, size);
            await job.ProposeAsync([.. events]);
            job.End(new FlowGen.Engines.JobReport(FlowGen.Engines.JobPhase.Succeeded, Place: "node1"));
        };
        var run = new TestRun { Store = store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow(length: _ => throw new InvalidOperationException("ran in the driver")));

        Assert.Equal((RunStatus.Succeeded, 0), (status, inline));
        // Less than an item.
        Assert.InRange(longest, 1, 1000);
        Assert.Equal(Expected, await run.IntAsync(key, step: 2));
    }

    private static byte[] Encoded(int number)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        FlowBuilder.Int("").Encode(buffer, number);
        return buffer.WrittenSpan.ToArray();
    }

    [Fact]
    public async Task Worker_InputsOfASlice_AreTheItems()
    {
        var store = await RunStore.OpenAsync(new InMemoryStore(), forWriting: true, TimeProvider.System, default);
        var flow = Flow().Build();
        var collection = await store.Artifacts.WriteCollectionAsync(flow.Artifacts[0], Enumerable.Range(0, Count).Select(Item).ToArray(), default);
        var resolver = new FlowGen.Executing.InputResolver(flow, store.Artifacts, FlowGen.Executing.ParameterValues.Of(flow, [], [], [], store.Artifacts));
        foreach (var position in new[] { 0, 1, 150, Count - 1 })
        {
            var inputs = SliceInputs.Decode([new IndexedInput(collection, position)], flow.Steps[1]);
            await resolver.ResolveAsync(flow.Steps[1], TaskIndex.Of(position), inputs, default);
            Assert.Equal(Item(position), inputs[0]);
        }
    }
}
