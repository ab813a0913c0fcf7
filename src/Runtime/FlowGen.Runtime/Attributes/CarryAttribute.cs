namespace FlowGen;

/// <summary>The input that a <see cref="LoopAttribute">loop</see> carries: the source's artifact in the first iteration, the step's own previous output in every later one.</summary>
/// <param name="source">Name of the artifact, step or parameter that the loop starts with, ignoring case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CarryAttribute(string source) : Attribute
{
    /// <summary>Starts with one of the artifacts of a step.</summary>
    /// <param name="step">Name of the step, ignoring case.</param>
    /// <param name="artifact">Name of the output of its sub-flow, or of the element of its tuple, ignoring case.</param>
    public CarryAttribute(string step, string artifact) : this(step) => Artifact = artifact;

    /// <summary>The name given.</summary>
    public string Source { get; } = source;

    /// <summary>Of several artifacts of the step, the one that is meant.</summary>
    public string? Artifact { get; }
}
