namespace FlowGen;

/// <summary>Collects an artifact that exists once per item into one list, in the order of the items.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class GatherAttribute : Attribute
{
    /// <summary>Collects the artifact whose name is the input's own name.</summary>
    public GatherAttribute() { }

    /// <summary>Collects the named artifact.</summary>
    /// <param name="source">Name of the artifact, or of a step with exactly one artifact, ignoring case.</param>
    public GatherAttribute(string source) => Source = source;

    /// <summary>Collects one of the artifacts of a step.</summary>
    /// <param name="step">Name of the step, ignoring case.</param>
    /// <param name="artifact">Name of the output of its sub-flow, or of the element of its tuple, ignoring case.</param>
    public GatherAttribute(string step, string artifact) => (Source, Artifact) = (step, artifact);

    /// <summary>The name given, or <c>null</c> when the input's own name is used.</summary>
    public string? Source { get; }

    /// <summary>Of several artifacts of the step, the one that is meant.</summary>
    public string? Artifact { get; }

    /// <summary>
    /// Name of the dimension to collect over, with those nested inside it; the step runs once for each index of the artifact's other dimensions.
    /// Default: every dimension that the step is not in.
    /// </summary>
    public string? Over { get; set; }

    /// <summary>
    /// Share of tasks that must have succeeded, of those that were not skipped, from 0 to 1; what failed is left out of the list. Default 1: the first failure blocks the step.
    /// </summary>
    public double MinSuccess { get; set; } = 1;
}
