using System.ComponentModel.DataAnnotations;
using Bootstrap;
using FlowGen;

return await FlowApp.RunAsync<BootstrapFlow>(args);

/// <summary>How sure can we be of what a sample of diamonds says about all diamonds? Asks thousands of samples drawn from the sample (the bootstrap).</summary>
[Flow]
public partial class BootstrapFlow
{
    /// <summary>CSV file with one diamond per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "diamonds.csv";

    /// <summary>How many samples to draw.</summary>
    [Parameter, Range(1, 1_000_000)] public int Resamples { get; init; } = 2_000;

    /// <summary>How sure the intervals are meant to be.</summary>
    [Parameter, Range(0.5, 0.999)] public double Confidence { get; init; } = 0.95;

    /// <summary>Reads carat and price.</summary>
    [Step(Makes = "diamonds")]
    public Diamonds Load() => Diamonds.Parse(Data.ReadLines());

    /// <summary>One seed a resample: each is the same in every run, wherever and whenever it is computed.</summary>
    [Step]
    public int[] Seeds() => [.. Enumerable.Range(0, Resamples)];

    /// <summary>Draws as many diamonds as there are, with replacement, and computes the statistics.</summary>
    [Step]
    public static Statistics Resample([ForEach(nameof(Seeds))] int seed, Diamonds diamonds) => diamonds.Draw(new Random(seed)).Describe();

    /// <summary>The statistics of the sample itself.</summary>
    [Step]
    public static Statistics Observe(Diamonds diamonds) => diamonds.Describe();

    /// <summary>The interval in which the middle part of the resampled values lies.</summary>
    [Step]
    public Interval[] Intervals(Statistics observe, [Gather(nameof(Resample))] IReadOnlyList<Statistics> resamples) =>
    [
        Interval.Of("mean price", observe.MeanPrice, resamples.Select(s => s.MeanPrice), Confidence),
        Interval.Of("median price", observe.MedianPrice, resamples.Select(s => s.MedianPrice), Confidence),
        Interval.Of("correlation of carat and price", observe.Correlation, resamples.Select(s => s.Correlation), Confidence),
    ];

    /// <summary>Prints the result.</summary>
    [Step]
    public static void Print(Interval[] intervals)
    {
        foreach (var interval in intervals) Console.WriteLine(interval);
    }
}
