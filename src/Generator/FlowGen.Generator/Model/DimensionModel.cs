namespace FlowGen.Generator.Model;

/// <summary>A collection that some step iterates.</summary>
internal sealed record DimensionModel(string Name, SourceModel Source, ArtifactType Item);

/// <summary>Position of an artifact or a parameter.</summary>
internal readonly record struct SourceModel(bool IsParameter, int Index);
