namespace FlowGen;

/// <summary>Runs the step once for every item of a collection; the input receives one item.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ForEachAttribute : Attribute
{
    /// <summary>Iterates the collection whose name is the input's own name.</summary>
    public ForEachAttribute() { }

    /// <summary>Iterates the named collection.</summary>
    /// <param name="source">Name of a collection artifact, of a step with exactly one collection artifact, or of an array parameter, ignoring case.</param>
    public ForEachAttribute(string source) => Source = source;

    /// <summary>Iterates one of the artifacts of a step.</summary>
    /// <param name="step">Name of the step, ignoring case.</param>
    /// <param name="artifact">Name of the output of its sub-flow, or of the element of its tuple, ignoring case.</param>
    public ForEachAttribute(string step, string artifact) => (Source, Artifact) = (step, artifact);

    /// <summary>The name given, or <c>null</c> when the input's own name is used.</summary>
    public string? Source { get; }

    /// <summary>Of several artifacts of the step, the one that is meant.</summary>
    public string? Artifact { get; }

    /// <summary>How many tasks of this step may run at the same time. Default 0: no limit beyond that of the run.</summary>
    public int MaxParallel { get; set; }

    /// <summary>Name of a property or field of an item that people see beside the index, such as <c>nameof(Settings.Name)</c>.</summary>
    public string? Label { get; set; }
}
