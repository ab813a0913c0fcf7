namespace FlowGen;

/// <summary>Binds an input to an artifact, a step with exactly one artifact, or a flow parameter, by name.</summary>
/// <param name="source">Name of the artifact, step or parameter, ignoring case; <c>nameof(Step)</c> where possible.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromAttribute(string source) : Attribute
{
    /// <summary>The name given.</summary>
    public string Source { get; } = source;
}
