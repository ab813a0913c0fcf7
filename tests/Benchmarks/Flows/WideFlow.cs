using FlowGen;

namespace Benchmarks.Flows;

/// <summary>A foreach of tasks that do next to nothing: what is measured is everything around them.</summary>
[Flow]
internal sealed partial class WideFlow
{
    [Parameter] public int Width { get; init; } = 1;

    [Step] public int[] Items() => [.. Enumerable.Range(0, Width)];

    [Step] public static int Work([ForEach(nameof(Items))] int item) => Body(item);

    public static int Body(int item) => item + 1;
}
