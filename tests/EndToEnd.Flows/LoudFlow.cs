using FlowGen;

namespace EndToEnd.Flows;

/// <summary>Prints from several threads, and tells its progress while it holds the console.</summary>
[Flow]
public partial class LoudFlow
{
    /// <summary>How many tasks print.</summary>
    [Parameter] public int Count { get; init; } = 8;

    /// <summary>How many lines each prints.</summary>
    [Parameter] public int Lines { get; init; } = 1000;

    [Step] public int[] Numbers() => [.. Enumerable.Range(0, Count)];

    [Step]
    public int Print([ForEach(nameof(Numbers))] int number, StepContext context)
    {
        Parallel.For(0, Lines, line =>
        {
            lock (Console.Out)
            {
                context.Progress((double)line / Lines);
                Console.WriteLine($"{number}.{line}");
            }
        });
        return number;
    }
}
