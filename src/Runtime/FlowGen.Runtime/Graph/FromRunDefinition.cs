namespace FlowGen.CompilerServices;

/// <summary>Where a parameter's value is found that is the result of another run (<see cref="FromRunAttribute"/>).</summary>
/// <param name="Flow">Command-line name of the other flow.</param>
/// <param name="Artifact">The artifact, with the type that this flow expects.</param>
public sealed record FromRunDefinition(string Flow, ArtifactDefinition Artifact)
{
    /// <summary>Only runs that carry it; <c>null</c> for all.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the flow can do without.</summary>
    public bool IsOptional { get; init; }
}
