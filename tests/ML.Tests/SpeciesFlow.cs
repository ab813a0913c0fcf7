using FlowGen;
using FlowGen.ML;
using Microsoft.ML;
using ML.Tests.Support;

namespace ML.Tests;

/// <summary>Everything that the package stores, as artifacts.</summary>
[Flow]
public partial class SpeciesFlow
{
    [Step(Makes = "birds")] public static IDataView Load() => Penguin.View;

    [Step] public static string[] Trainers() => ["linear", "trees"];

    [Step] public static TrainedModel Fit([ForEach(nameof(Trainers))] string trainer, IDataView birds) => (Pipelines.Of(trainer).Fit(birds), birds.Schema);

    [Step] public static ITransformer Scale(IDataView birds) => new MLContext().Transforms.NormalizeMinMax("Scaled", nameof(Penguin.BodyMass)).Fit(birds);

    [Step] public static (ITransformer? none, DataViewSchema schema) Pair(ITransformer scale, IDataView birds) => (null, scale.GetOutputSchema(birds.Schema));

    [Step] public static OnnxModel Export() => new([8, 8, 58, 0]);

    [Step]
    public static double[] Judge([Gather(nameof(Fit))] IReadOnlyList<TrainedModel> models, IDataView birds) =>
        [.. models.Select(model => new MLContext().MulticlassClassification.Evaluate(model.Transform(birds)).MicroAccuracy)];

    [Step] public static string Describe(ITransformer? none, DataViewSchema schema, OnnxModel export) => $"{none is null} {schema.Count} {export.IrVersion}";
}
