using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FlowGen;

return await FlowApp.RunAsync<TrainingFlow>(args);

/// <summary>Learns to tell male penguins from females by logistic regression. Each epoch is an iteration of a loop: a killed training goes on where it was.</summary>
[Flow]
public partial class TrainingFlow
{
    /// <summary>CSV file with one penguin per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "penguins.csv";

    /// <summary>How far a step goes down the gradient.</summary>
    [Parameter, Range(0.001, 10)] public double Rate { get; init; } = 1;

    /// <summary>The training ends when an epoch lowers the loss by less.</summary>
    [Parameter, Range(1e-12, 1)] public double Tolerance { get; init; } = 1e-8;

    /// <summary>Reads body mass and bill depth, each moved to mean 0 and standard deviation 1.</summary>
    [Step(Makes = "examples")]
    public Example[] Load()
    {
        var rows = Data.ReadLines().Skip(1).Select(line => line.Split(',')).Where(fields => fields is [.., "MALE" or "FEMALE"]).ToArray();
        var (masses, depths) = (Standardize(rows.Select(fields => fields[5])), Standardize(rows.Select(fields => fields[3])));
        return [.. rows.Select((fields, i) => new Example(masses[i], depths[i], fields[6] == "MALE"))];
    }

    /// <summary>A model that knows nothing.</summary>
    [Step]
    public static Model Start() => new(0, 0, 0, 0, double.PositiveInfinity, Math.Log(2));

    /// <summary>One epoch: a step down the gradient of the loss over all examples.</summary>
    [Step, Loop(nameof(IsLearning), Max = 5_000)]
    public Model Train([Carry(nameof(Start))] Model model, Example[] examples)
    {
        double mass = 0, depth = 0, bias = 0;
        foreach (var example in examples)
        {
            var error = model.Probability(example) - (example.IsMale ? 1 : 0);
            (mass, depth, bias) = (mass + error * example.Mass, depth + error * example.Depth, bias + error);
        }
        var step = Rate / examples.Length;
        var next = model with { Epoch = model.Epoch + 1, Mass = model.Mass - step * mass, Depth = model.Depth - step * depth, Bias = model.Bias - step * bias };
        return next with { LossBefore = model.Loss, Loss = examples.Average(next.LossOf) };
    }

    private bool IsLearning(Model model) => model.LossBefore - model.Loss > Tolerance;

    /// <summary>How many examples the model knows.</summary>
    [Step]
    public static double Accuracy(Model train, Example[] examples)
    {
        var accuracy = examples.Average(example => train.Probability(example) > 0.5 == example.IsMale ? 1.0 : 0);
        Console.WriteLine($"{accuracy:P1} after {train.Epoch} epochs, loss {train.Loss:F4}");
        return accuracy;
    }

    private static double[] Standardize(IEnumerable<string> texts)
    {
        var values = texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (mean, deviation) = (values.Average(), Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2)));
        return [.. values.Select(value => (value - mean) / deviation)];
    }
}

public sealed record Example(double Mass, double Depth, bool IsMale);

public sealed record Model(int Epoch, double Mass, double Depth, double Bias, double LossBefore, double Loss)
{
    public double Probability(Example example) => 1 / (1 + Math.Exp(-(Mass * example.Mass + Depth * example.Depth + Bias)));

    public double LossOf(Example example) => -Math.Log(Math.Max(example.IsMale ? Probability(example) : 1 - Probability(example), 1e-12));
}
