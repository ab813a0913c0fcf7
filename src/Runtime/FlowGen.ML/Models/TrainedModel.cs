using Microsoft.ML;

namespace FlowGen.ML;

/// <summary>A trained model of ML.NET with the schema of the data it takes: what a step returns, and others get. <c>return (pipeline.Fit(data), data.Schema);</c></summary>
[ArtifactCodec(typeof(TrainedModelCodec))]
public sealed class TrainedModel
{
    /// <summary>Puts a model and its schema together.</summary>
    /// <param name="transformer">What <c>Fit</c> gave.</param>
    /// <param name="inputSchema">Schema of the data that it was fitted to.</param>
    public TrainedModel(ITransformer transformer, DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        (Transformer, InputSchema) = (transformer, inputSchema);
    }

    /// <summary>The model.</summary>
    public ITransformer Transformer { get; }

    /// <summary>Schema of the data that it takes.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>Adds what the model says of each row.</summary>
    public IDataView Transform(IDataView data) => Transformer.Transform(data);

    /// <summary>Something that predicts one example after the other. Not for several threads at the same time.</summary>
    /// <typeparam name="TExample">Type of an example; its members are columns of <see cref="InputSchema"/>.</typeparam>
    /// <typeparam name="TPrediction">Type of a prediction; its members are columns that the model adds.</typeparam>
    public PredictionEngine<TExample, TPrediction> CreatePredictionEngine<TExample, TPrediction>() where TExample : class where TPrediction : class, new() =>
        new MLContext().Model.CreatePredictionEngine<TExample, TPrediction>(Transformer, InputSchema);

    /// <summary>Puts a model and its schema together.</summary>
    public static implicit operator TrainedModel((ITransformer Transformer, DataViewSchema InputSchema) model) => new(model.Transformer, model.InputSchema);
}
