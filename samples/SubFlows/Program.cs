using System.Collections.Immutable;
using System.Globalization;
using FlowGen;

return await FlowApp.RunAsync<PenguinsFlow>(args);

/// <summary>How heavy is a penguin whose flippers are so long? Asks it for each island, with a flow of its own.</summary>
[Flow]
public partial class PenguinsFlow
{
    /// <summary>CSV file with one penguin per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "penguins.csv";

    /// <summary>Flippers and weights of the penguins of each island; lines with gaps are left out.</summary>
    [Step]
    public Island[] Islands() =>
    [
        .. from line in Data.ReadLines().Skip(1)
           let fields = line.Split(',')
           where double.TryParse(fields[4], CultureInfo.InvariantCulture, out _)
           group fields by fields[1] into island
           orderby island.Key
           select new Island(island.Key, Numbers(island, 4), Numbers(island, 5)),
    ];

    /// <summary>A whole flow for each island; its tasks are <c>fit[0]/test[3]</c>.</summary>
    [SubFlow]
    public static RegressionFlow Fit([ForEach(nameof(Islands), Label = nameof(Island.Name))] Island island) => new() { X = [.. island.Flippers], Y = [.. island.Weights] };

    [Step]
    public static void Print(Island[] islands, [Gather(nameof(Fit), "line")] IReadOnlyList<Line> lines, [Gather(nameof(Fit), "error")] IReadOnlyList<double> errors)
    {
        for (var i = 0; i < islands.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{islands[i].Name,-10} {lines[i].Slope:0.0} g for each mm, {errors[i]:0} g off on penguins it has not seen"));
    }

    private static ImmutableArray<double> Numbers(IEnumerable<string[]> rows, int column) => [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
}

/// <summary>The line through some points, and how far it is off points that it was not fitted to.</summary>
[Flow]
public partial class RegressionFlow
{
    [Parameter] public required double[] X { get; init; }

    [Parameter] public required double[] Y { get; init; }

    /// <summary>Parts that the points are cut into; each is tested with the line through all others.</summary>
    [Parameter] public int Folds { get; init; } = 5;

    [Step] public int[] Parts() => [.. Enumerable.Range(0, Folds)];

    /// <summary>Sum of the distances of the points of one part.</summary>
    [Step]
    public double Test([ForEach(nameof(Parts))] int part)
    {
        var line = Line.Through(X.Zip(Y).Where((_, i) => i % Folds != part));
        return X.Zip(Y).Where((_, i) => i % Folds == part).Sum(point => Math.Abs(line.At(point.First) - point.Second));
    }

    [Step, Output] public double Error([Gather(nameof(Test))] IReadOnlyList<double> distances) => distances.Sum() / X.Length;

    [Step(Makes = "line"), Output] public Line Regress() => Line.Through(X.Zip(Y));
}

public sealed record Island(string Name, ImmutableArray<double> Flippers, ImmutableArray<double> Weights);

public sealed record Line(double Slope, double Intercept)
{
    public double At(double x) => Slope * x + Intercept;

    /// <summary>The line with the least squares of the distances.</summary>
    public static Line Through(IEnumerable<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        var slope = points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
        return new(slope, y - slope * x);
    }
}
