using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FlowGen;

return await FlowApp.RunAsync<CrossValidationFlow>(args);

/// <summary>How many neighbours should be asked to name a penguin's species? Every number is judged on folds of its own, and each number's folds are averaged.</summary>
[Flow]
public partial class CrossValidationFlow
{
    /// <summary>CSV file with one penguin per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "penguins.csv";

    /// <summary>Numbers of neighbours to try.</summary>
    [Parameter] public int[] Neighbours { get; init; } = [1, 3, 9, 27];

    /// <summary>Number of parts that the penguins are cut into.</summary>
    [Parameter, Range(2, 50)] public int Folds { get; init; } = 5;

    /// <summary>Reads the penguins that were measured.</summary>
    [Step(Makes = "penguins")]
    public Penguin[] Load() => [.. Data.ReadLines().Skip(1).Select(Penguin.Parse).OfType<Penguin>()];

    /// <summary>Cuts the penguins into folds, in another way for each number of neighbours: a dimension inside a dimension.</summary>
    [Step]
    public Fold[] Cuts([ForEach(nameof(Neighbours))] int neighbours, Penguin[] penguins)
    {
        var order = Enumerable.Range(0, penguins.Length).ToArray();
        new Random(neighbours).Shuffle(order);
        return [.. order.Chunk((order.Length + Folds - 1) / Folds).Select((test, i) => new Fold(i, test))];
    }

    /// <summary>Accuracy in one fold for one number of neighbours.</summary>
    [Step]
    public static double Score([ForEach(nameof(Neighbours))] int neighbours, [ForEach(nameof(Cuts), Label = nameof(Fold.Number))] Fold fold, Penguin[] penguins)
    {
        var held = fold.Test.ToHashSet();
        var train = penguins.Where((_, i) => !held.Contains(i)).ToArray();
        return fold.Test.Average(i => penguins[i].Guess(train, neighbours) == penguins[i].Species ? 1.0 : 0);
    }

    /// <summary>The average over the folds, once for each number of neighbours.</summary>
    [Step]
    public static Judgement Average([ForEach(nameof(Neighbours))] int neighbours, [Gather(nameof(Score), Over = nameof(Cuts))] IReadOnlyList<double> scores) =>
        new(neighbours, scores.Average(), scores.Min(), scores.Max());

    /// <summary>The number of neighbours with the best average.</summary>
    [Step]
    public static Judgement Best([Gather(nameof(Average))] IReadOnlyList<Judgement> judgements)
    {
        foreach (var judgement in judgements) Console.WriteLine(judgement);
        return judgements.MaxBy(judgement => judgement.Accuracy)!;
    }
}

public sealed record Fold(int Number, int[] Test);

public sealed record Judgement(int Neighbours, double Accuracy, double Worst, double Best);

public sealed record Penguin(string Species, double BillLength, double BillDepth, double FlipperLength, double BodyMass)
{
    public static Penguin? Parse(string line)
    {
        var fields = line.Split(',');
        return fields[2..6].Any(string.IsNullOrWhiteSpace) ? null : new(fields[0], Number(fields[2]), Number(fields[3]), Number(fields[4]), Number(fields[5]));
    }

    /// <summary>The species of most of the nearest neighbours; lengths in mm, mass in hectograms, so that they weigh about the same.</summary>
    public string Guess(IEnumerable<Penguin> others, int neighbours) =>
        others.OrderBy(DistanceTo).Take(neighbours).GroupBy(other => other.Species).MaxBy(group => group.Count())!.Key;

    private double DistanceTo(Penguin other) => Math.Pow(BillLength - other.BillLength, 2) + Math.Pow(BillDepth - other.BillDepth, 2)
        + Math.Pow(FlipperLength - other.FlipperLength, 2) + Math.Pow((BodyMass - other.BodyMass) / 100, 2);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
