using System.Globalization;
using Microsoft.ML;

namespace ML.Tests.Support;

public sealed class Penguin
{
    public string Species { get; set; } = "";
    public string Island { get; set; } = "";
    public float BillLength { get; set; }
    public float BillDepth { get; set; }
    public float FlipperLength { get; set; }
    public float BodyMass { get; set; }

    public static IReadOnlyList<Penguin> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "penguins.csv")).Skip(1).Select(line => line.Split(',')).Where(fields => fields[2..6].All(field => field.Length > 0)).Select(fields => new Penguin
        {
            Species = fields[0], Island = fields[1], BillLength = Number(fields[2]), BillDepth = Number(fields[3]), FlipperLength = Number(fields[4]), BodyMass = Number(fields[5]),
        }),
    ];

    public static IDataView View => new MLContext().Data.LoadFromEnumerable(All);

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}

public sealed class Guess
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}

/// <summary>Pipelines of every kind of part: keys, one-hot vectors, normalizers, linear models and trees.</summary>
public static class Pipelines
{
    public static IEstimator<ITransformer> Of(string trainer)
    {
        var ml = new MLContext(seed: 1);
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Penguin.Species))
            .Append(ml.Transforms.Categorical.OneHotEncoding(nameof(Penguin.Island)))
            .Append(ml.Transforms.Concatenate("Features", nameof(Penguin.BillLength), nameof(Penguin.BillDepth), nameof(Penguin.FlipperLength), nameof(Penguin.BodyMass), nameof(Penguin.Island)))
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .Append(Trainer(ml, trainer))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    }

    private static IEstimator<ITransformer> Trainer(MLContext ml, string trainer) => trainer == "trees"
        ? ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree(new() { NumberOfTrees = 10, NumberOfThreads = 1, Seed = 1 }))
        : ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new() { NumberOfThreads = 1 });
}
