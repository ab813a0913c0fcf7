using FlowGen.ML;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.Tests.Support;

namespace ML.Tests;

/// <summary>Models come back with their schema and predict the same, and equal models have equal bytes.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("linear")]
    [InlineData("trees")]
    public void RoundTrip_Model_PredictsTheSame(string trainer)
    {
        TrainedModel model = (Pipelines.Of(trainer).Fit(Penguin.View), Penguin.View.Schema);

        var read = Stored.RoundTrip<TrainedModel, TrainedModelCodec>(model);

        Assert.Equal(View.Describe(model.Transform(Penguin.View)), View.Describe(read.Transform(Penguin.View)));
        Assert.Equal(Schema(model.InputSchema), Schema(read.InputSchema));
        var (before, after) = (model.CreatePredictionEngine<Penguin, Guess>(), read.CreatePredictionEngine<Penguin, Guess>());
        var right = 0;
        foreach (var penguin in Penguin.All)
        {
            var (expected, guess) = (before.Predict(penguin), after.Predict(penguin));
            Assert.Equal(expected.Score, guess.Score);
            if (guess.PredictedLabel == penguin.Species) right++;
        }

        Assert.InRange((double)right / Penguin.All.Count, 0.95, 1);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("trees")]
    public void Bytes_SameTrainingTwice_AreEqualAndNoArchive(string trainer)
    {
        byte[] Of() => Stored.Bytes<TrainedModel, TrainedModelCodec>((Pipelines.Of(trainer).Fit(Penguin.View), Penguin.View.Schema));

        var bytes = Of();

        Assert.Equal(bytes, Of());
        // The archive that ML.NET writes has the time of day.
        Assert.Equal(-1, bytes.AsSpan().IndexOf("PK\u0003\u0004"u8));
    }

    [Fact]
    public void RoundTrip_TransformerAlone_Transforms()
    {
        var transformer = Pipelines.Of("linear").Fit(Penguin.View);

        var read = Stored.RoundTrip<ITransformer, TransformerCodec>(transformer);

        Assert.Equal(View.Describe(transformer.Transform(Penguin.View)), View.Describe(read.Transform(Penguin.View)));
    }

    [Fact]
    public void RoundTrip_Schema_KeepsAnnotations()
    {
        var schema = Pipelines.Of("linear").Fit(Penguin.View).GetOutputSchema(Penguin.View.Schema);

        var read = Stored.RoundTrip<DataViewSchema, DataViewSchemaCodec>(schema);

        Assert.Equal(Schema(schema), Schema(read));
        VBuffer<ReadOnlyMemory<char>> keys = default;
        read["Label"].GetKeyValues(ref keys);
        Assert.Equal(["Adelie", "Chinstrap", "Gentoo"], keys.DenseValues().Select(key => key.ToString()));
    }

    private static IEnumerable<string> Schema(DataViewSchema schema) =>
        schema.Where(column => !column.IsHidden).Select(column => $"{column.Name} {column.Type} {string.Join(',', column.Annotations.Schema.Select(annotation => annotation.Name).Order(StringComparer.Ordinal))}");
}
