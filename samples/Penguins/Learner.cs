using Microsoft.ML;
using Microsoft.ML.Data;

namespace Penguins;

/// <summary>Turns penguins into models as the settings say. Uses one thread: the flow already fits several candidates at a time.</summary>
public sealed class Learner(Settings settings, int seed)
{
    private readonly MLContext _ml = new(seed);

    public double CrossValidate(IEnumerable<Penguin> penguins, int folds) =>
        _ml.MulticlassClassification.CrossValidate(_ml.Data.LoadFromEnumerable(penguins), Pipeline(), folds, seed: seed).Average(fold => fold.Metrics.MicroAccuracy);

    public Model Train(IEnumerable<Penguin> penguins)
    {
        var data = _ml.Data.LoadFromEnumerable(penguins);
        return Model.Save(_ml, Pipeline().Fit(data), data.Schema);
    }

    private EstimatorChain<Microsoft.ML.Transforms.KeyToValueMappingTransformer> Pipeline() =>
        _ml.Transforms.Conversion.MapValueToKey("Label", nameof(Penguin.Species))
            .Append(_ml.Transforms.Categorical.OneHotEncoding(nameof(Penguin.Sex)))
            .Append(_ml.Transforms.Categorical.OneHotEncoding(nameof(Penguin.Island)))
            .Append(_ml.Transforms.Concatenate("Features", nameof(Penguin.BillLength), nameof(Penguin.BillDepth), nameof(Penguin.FlipperLength),
                nameof(Penguin.BodyMass), nameof(Penguin.Sex), nameof(Penguin.Island)))
            .Append(_ml.Transforms.NormalizeMinMax("Features"))
            .Append(Trainer())
            .Append(_ml.Transforms.Conversion.MapKeyToValue(nameof(Prediction.PredictedLabel)));

    private IEstimator<ITransformer> Trainer()
    {
        var kinds = _ml.MulticlassClassification.Trainers;
        return settings.Trainer switch
        {
            Penguins.Trainer.MaximumEntropy => kinds.LbfgsMaximumEntropy(new() { L2Regularization = (float)settings.Strength, NumberOfThreads = 1 }),
            Penguins.Trainer.FastTree => kinds.OneVersusAll(_ml.BinaryClassification.Trainers.FastTree(new()
            {
                NumberOfTrees = settings.Trees, NumberOfLeaves = settings.Leaves, MinimumExampleCountPerLeaf = 5, NumberOfThreads = 1, Seed = seed,
            })),
            Penguins.Trainer.FastForest => kinds.OneVersusAll(_ml.BinaryClassification.Trainers.FastForest(new()
            {
                NumberOfTrees = settings.Trees, NumberOfLeaves = settings.Leaves, MinimumExampleCountPerLeaf = 5, NumberOfThreads = 1, Seed = seed,
            })),
            _ => throw new InvalidOperationException($"There is no trainer {settings.Trainer}."),
        };
    }
}
