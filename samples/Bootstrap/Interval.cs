using System.Globalization;

namespace Bootstrap;

/// <summary>A statistic and the interval that holds the true value with the given confidence.</summary>
public sealed record Interval(string Name, double Observed, double Low, double High)
{
    /// <summary>The percentile interval (Efron 1979).</summary>
    public static Interval Of(string name, double observed, IEnumerable<double> resampled, double confidence)
    {
        double[] sorted = [.. resampled.Order()];
        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return new(name, observed, At((1 - confidence) / 2), At((1 + confidence) / 2));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Observed:g5}, between {Low:g5} and {High:g5}");
}
