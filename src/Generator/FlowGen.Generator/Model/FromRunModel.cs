namespace FlowGen.Generator.Model;

/// <summary>A result of another run that is a parameter.</summary>
/// <param name="Flow">Command-line name of the other flow.</param>
/// <param name="Artifact">Name of the artifact.</param>
/// <param name="Tag">Only runs that carry it.</param>
/// <param name="Value">Type of the artifact.</param>
/// <param name="IsOptional">Whether the flow can do without.</param>
internal sealed record FromRunModel(string Flow, string Artifact, string? Tag, ArtifactType Value, bool IsOptional);
