using System.ComponentModel.DataAnnotations;
using FlowGen;

return await FlowApp.RunAsync<BranchesFlow>(args);

/// <summary>Weighs the species of penguins, if need be after making them equally frequent: a choice, and the step where its branches meet again.</summary>
[Flow]
public partial class BranchesFlow
{
    /// <summary>CSV file with one penguin per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "penguins.csv";

    /// <summary>How much more frequent the most frequent species may be than the rarest.</summary>
    [Parameter, Range(1.0, 100)] public double Tolerance { get; init; } = 1.5;

    /// <summary>Reads the penguins that were weighed.</summary>
    [Step(Makes = "penguins")]
    public Penguin[] Load() => [.. Data.ReadLines().Skip(1).Select(line => line.Split(',')).Where(f => f[5] is not "").Select(f => new Penguin(f[0], int.Parse(f[5])))];

    /// <summary>Decides which way to go.</summary>
    [Step]
    public Balance Look(Penguin[] penguins)
    {
        var counts = penguins.CountBy(penguin => penguin.Species).Select(species => (double)species.Value).ToArray();
        return counts.Max() <= counts.Min() * Tolerance ? Balance.Even : Balance.Skewed;
    }

    /// <summary>Nothing to do.</summary>
    [Step, When(nameof(Look), Balance.Even)]
    public static Penguin[] Keep(Penguin[] penguins) => penguins;

    /// <summary>Repeats penguins of the rarer species.</summary>
    [Step, When(nameof(Look), Balance.Skewed)]
    public static Penguin[] Repeat(Penguin[] penguins)
    {
        var most = penguins.CountBy(penguin => penguin.Species).Max(species => species.Value);
        return [.. penguins.GroupBy(penguin => penguin.Species).SelectMany(species => Enumerable.Range(0, most).Select(i => species.ElementAt(i % species.Count())))];
    }

    /// <summary>Takes whichever branch ran. Remove one of the two, and the flow no longer compiles.</summary>
    [Step]
    public static Average[] Weigh([OneOf(nameof(Keep), nameof(Repeat))] Penguin[] sample) =>
        [.. sample.GroupBy(penguin => penguin.Species).Select(species => new Average(species.Key, species.Count(), species.Average(penguin => penguin.Grams)))];

    /// <summary>Prints the result, and how many penguins were made up if any were.</summary>
    [Step]
    public static void Print(Average[] weigh, Penguin[] penguins, Penguin[]? repeat)
    {
        foreach (var average in weigh) Console.WriteLine($"{average.Species}: {average.Grams:F0} g in {average.Count}");
        if (repeat is not null) Console.WriteLine($"{repeat.Length - penguins.Length} penguins are repetitions");
    }
}

public enum Balance { Even, Skewed }

public sealed record Penguin(string Species, int Grams);

public sealed record Average(string Species, int Count, double Grams);
