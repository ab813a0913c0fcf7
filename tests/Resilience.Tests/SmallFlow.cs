using System.Collections.Immutable;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing;

namespace Resilience.Tests;

/// <summary>A foreach, a retry, lines, and values in every place where a store keeps them: in a record, in a pack, in a blob, as a <see cref="Blob"/>. Some of it waits for the store, so that there are several slots.</summary>
internal static class SmallFlow
{
    public static FlowBuilder Make() => new FlowBuilder("small")
        .Parameter<int, Int32Codec>("size", ParameterParsers.Parsable<int>(), 3)
        .Step("grid", "size", frame => frame.Set(0, Enumerable.Range(0, frame.Value<int>(0)).ToArray()), FlowBuilder.Ints("grid"))
        .Step("big", "", frame => frame.Set(0, Enumerable.Range(0, 300_000).ToArray()), FlowBuilder.Ints("big"))
        .Step("fit", "each:grid", frame =>
        {
            Console.WriteLine("fit");
            if (frame.Context.Attempt == 1 && frame.Context.Index[0] == 1) throw new IOException("busy");
            frame.Set(0, Enumerable.Repeat(frame.Value<int>(0), 3000).ToArray());
            return default;
        }, [FlowBuilder.Ints("fit")], retry: new RetryPolicy(2, TimeSpan.FromMilliseconds(1)))
        .Step("pack", "fit", async frame =>
        {
            await frame.Context.Committed();
            frame.Set(0, Blob.FromBytes(Enumerable.Repeat((byte)frame.Context.Index[0], 5000).ToArray()));
        }, new ArtifactDefinition<Blob, BlobCodec> { Name = "pack", TypeName = "Blob", Shareable = true })
        .Step("best", "all:fit all:pack big", async frame =>
        {
            await frame.Context.Committed();
            var sum = frame.Gather<int[]>(0).Sum(values => values[^1]) + frame.Value<int[]>(2).Length;
            foreach (var blob in frame.Gather<Blob>(1)) sum += (await blob.ReadAllBytesAsync())[17];
            frame.Set(0, sum);
        }, FlowBuilder.Int("best"));

    /// <summary>Runs it, as one of the processes that a test has.</summary>
    public static async Task<(RunKey Run, RunStatus Status)> RunAsync(IObjectStore store, RunKey? resume = null, bool fork = false, TimeProvider? time = null, RecordingObserver? observer = null, params ImmutableArray<string> tags)
    {
        var run = new TestRun { Store = store, MaxParallel = 1, Time = time ?? TimeProvider.System, Tags = tags };
        var (ran, status) = await FlowRunner.RunAsync(run.Request(Make(), resume, fork) with { IsKept = false }, observer ?? run.Observer, default, default);
        return (ran, status);
    }
}
