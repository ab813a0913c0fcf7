namespace FlowGen.CompilerServices;

/// <summary>What an input or a dimension refers to.</summary>
public enum SourceKind
{
    /// <summary>An artifact, by its position in <see cref="FlowDefinition.Artifacts"/>.</summary>
    Artifact,

    /// <summary>A flow parameter, by its position in <see cref="FlowDefinition.Parameters"/>.</summary>
    Parameter,
}
