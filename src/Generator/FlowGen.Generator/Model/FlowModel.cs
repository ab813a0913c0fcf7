namespace FlowGen.Generator.Model;

/// <summary>One flow, checked and bound: all that emission needs. Holds no symbol, syntax or location, so that equal models stop the pipeline.</summary>
/// <remarks>Parameters, artifacts, dimensions and steps refer to each other by position. Steps are in topological order, the artifacts of a step are neighbours.</remarks>
internal sealed record FlowModel(
    string Name,
    string? Description,
    FlowTypeModel Type,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<ArtifactModel> Artifacts,
    EquatableArray<DimensionModel> Dimensions,
    EquatableArray<DecisionModel> Decisions,
    EquatableArray<StepModel> Steps,
    EquatableArray<CodecModel> Codecs)
{
    public FlowPolicyModel Policies { get; init; } = FlowPolicyModel.None;

    /// <summary>Types of parameters with validation attributes on their members.</summary>
    public EquatableArray<InsideModel> Insides { get; init; }

    /// <summary>Resources that each process opens once.</summary>
    public EquatableArray<PerWorkerModel> PerWorker { get; init; }

    /// <summary>The flow has errors: its members are emitted so that other code compiles, but they throw.</summary>
    public bool IsBroken { get; init; }
}
