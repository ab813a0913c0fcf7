using FlowGen;

namespace Testing.Tests.Flows;

/// <summary>A flow as people write them; its first step needs a network that no test has.</summary>
[Flow]
public partial class ChurnFlow
{
    [Parameter] public double Threshold { get; init; } = 0.5;

    [Step] public static double[] Load() => throw new InvalidOperationException("there is no network");

    [Step] public static (double low, double high) Bounds(double[] load) => (load.Min(), load.Max());

    [Step] public static double[] Grid() => [0.1, 0.2, 0.3];

    [Step, Retry(2, Backoff = "10m")]
    public static async Task<double> FitAsync([ForEach(nameof(Grid))] double rate, double[] load, CancellationToken cancel)
    {
        await Task.Delay(TimeSpan.Zero, cancel);
        return load.Average() * rate;
    }

    [Step(Makes = "winner")] public static double Best([Gather(nameof(FitAsync))] IReadOnlyList<double> fits) => fits.Max();

    [Step] public bool Good(double winner) => winner > Threshold;

    [Step, When(nameof(Good))] public static string Publish(double winner, double low, double high) => FormattableString.Invariant($"{winner} from {low} to {high}");
}
