namespace FlowGen;

/// <summary>Binds an input to an artifact, a step with exactly one artifact, or a flow parameter, by name.</summary>
/// <param name="source">Name of the artifact, step or parameter, ignoring case; <c>nameof(Step)</c> where possible.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromAttribute(string source) : Attribute
{
    /// <summary>Binds an input to one of the artifacts of a step: <c>[From(nameof(Prepare), "features")]</c>.</summary>
    /// <param name="step">Name of the step, ignoring case.</param>
    /// <param name="artifact">Name of the output of its sub-flow, or of the element of its tuple, ignoring case.</param>
    public FromAttribute(string step, string artifact) : this(step) => Artifact = artifact;

    /// <summary>The name given.</summary>
    public string Source { get; } = source;

    /// <summary>Of several artifacts of the step, the one that is meant.</summary>
    public string? Artifact { get; }
}
