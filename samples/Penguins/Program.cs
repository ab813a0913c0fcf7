using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using FlowGen;
using Penguins;

return await FlowApp.RunAsync<PenguinsFlow>(args);

/// <summary>Learns to tell a penguin's species from its measurements: tries several trainers and settings, and judges the best on penguins that none of them has seen.</summary>
[Flow]
public partial class PenguinsFlow
{
    /// <summary>CSV file with one penguin per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "penguins.csv";

    /// <summary>Share of the penguins held back for the final test.</summary>
    [Parameter, Range(0.1, 0.5)] public double TestShare { get; init; } = 0.25;

    /// <summary>Number of parts in the cross-validation.</summary>
    [Parameter, Range(2, 20)] public int Folds { get; init; } = 5;

    /// <summary>Makes the split and the training repeatable.</summary>
    [Parameter] public int Seed { get; init; } = 42;

    /// <summary>Reads the penguins and leaves out those without measurements.</summary>
    [Step(Makes = "penguins")]
    public ImmutableArray<Penguin> Load() => [.. Data.ReadLines().Skip(1).Select(Penguin.Parse).OfType<Penguin>()];

    /// <summary>Holds some penguins back.</summary>
    [Step]
    public (ImmutableArray<Penguin> train, ImmutableArray<Penguin> test) Split(ImmutableArray<Penguin> penguins)
    {
        var shuffled = penguins.ToArray();
        new Random(Seed).Shuffle(shuffled);
        var held = (int)(shuffled.Length * TestShare);
        return ([.. shuffled[held..]], [.. shuffled[..held]]);
    }

    /// <summary>What to try.</summary>
    [Step]
    public static ImmutableArray<Settings> Grid() =>
    [
        new(Trainer.MaximumEntropy, Strength: 0.01), new(Trainer.MaximumEntropy, Strength: 1),
        new(Trainer.FastTree, Trees: 20, Leaves: 4), new(Trainer.FastTree, Trees: 100, Leaves: 8),
        new(Trainer.FastForest, Trees: 20, Leaves: 8), new(Trainer.FastForest, Trees: 100, Leaves: 20),
    ];

    /// <summary>Judges one entry of the grid by cross-validation, then trains it on all the training data.</summary>
    [Step, Timeout("5m")]
    public Candidate Fit([ForEach(nameof(Grid))] Settings settings, ImmutableArray<Penguin> train, CancellationToken cancel)
    {
        var learner = new Learner(settings, Seed);
        var accuracy = learner.CrossValidate(train, Folds);
        cancel.ThrowIfCancellationRequested();
        Console.WriteLine($"{settings}: {accuracy:P1}");
        return new Candidate(settings, accuracy, learner.Train(train));
    }

    /// <summary>Keeps the candidate with the best accuracy in cross-validation; of equals the first.</summary>
    [Step(Makes = "chosen")]
    public static Candidate Choose([Gather(nameof(Fit))] IReadOnlyList<Candidate> candidates) => candidates.MaxBy(c => c.ValidationAccuracy)!;

    /// <summary>Lets the chosen model name the species of the penguins held back.</summary>
    [Step(Makes = "confusion")]
    public static ConfusionMatrix Judge(Candidate chosen, ImmutableArray<Penguin> test) =>
        ConfusionMatrix.Of(test.Select(p => p.Species), chosen.Model.Predict(test));

    /// <summary>The best candidate and how good it really is.</summary>
    [Step]
    public static Best Best(Candidate chosen, ConfusionMatrix confusion)
    {
        Console.WriteLine(confusion);
        return new Best(chosen.Settings, chosen.ValidationAccuracy, confusion.Accuracy, chosen.Model);
    }
}
