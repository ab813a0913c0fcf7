using FlowGen;
using FlowGen.CompilerServices;
using Runtime.Tests.Executing;

namespace Resilience.Tests.Remote;

/// <summary>Steps that are sent to workers: a foreach with a retry, lines, progress, values in records, packs and blobs of their own, a gather, a flow as a step.</summary>
internal static class FarFlow
{
    public const int Items = 3;

    /// <param name="called">Hears of each call of a step.</param>
    /// <param name="withFlow">Whether one of the steps is a flow.</param>
    /// <param name="last">What the last step does first.</param>
    public static FlowBuilder Make(Action<string>? called = null, bool withFlow = false, Func<StepContext, Task>? last = null)
    {
        var flow = new FlowBuilder("far")
            .Parameter<int, Int32Codec>("size", ParameterParsers.Parsable<int>(), Items)
            .Step("grid", "size", frame => frame.Set(0, Enumerable.Range(0, frame.Value<int>(0)).ToArray()), FlowBuilder.Ints("grid")).With(step => step with { Inline = true })
            .Step("fit", "each:grid", frame =>
            {
                var context = frame.Context;
                called?.Invoke($"fit[{context.Index[0]}]#{context.Attempt}");
                Console.WriteLine($"fit {context.Index[0]}");
                context.Progress(0.5, "half");
                if (context.Attempt == 1 && context.Index[0] == 1) throw new IOException("busy");
                frame.Set(0, Enumerable.Repeat(frame.Value<int>(0), 3000).ToArray());
                return default;
            }, [FlowBuilder.Ints("fit")], retry: new RetryPolicy(2, TimeSpan.FromMilliseconds(1)));
        if (withFlow)
            flow.SubFlow("inner", "size", new FlowBuilder("inner")
                .Parameter<int, Int32Codec>("n", ParameterParsers.Parsable<int>(), 0)
                .Step("twice", "n", frame => frame.Set(0, 2 * frame.Value<int>(0)), FlowBuilder.Int("twice")), "twice", frame => [frame.Value<int>(0)]);
        else flow.Step("inner", "size", frame => frame.Set(0, 2 * frame.Value<int>(0)), FlowBuilder.Int("inner")).With(step => step with { Inline = true });
        return flow.Step("best", "all:fit inner", async frame =>
        {
            called?.Invoke($"best#{frame.Context.Attempt}");
            if (last is not null) await last(frame.Context);
            frame.Set(0, frame.Gather<int[]>(0).Sum(values => values[^1]) + frame.Value<int>(1));
        }, FlowBuilder.Int("best"));
    }
}
