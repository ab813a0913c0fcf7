namespace FlowGen;

/// <summary>The input that a <see cref="LoopAttribute">loop</see> carries: the source's artifact in the first iteration, the step's own previous output in every later one.</summary>
/// <param name="source">Name of the artifact, step or parameter that the loop starts with, ignoring case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CarryAttribute(string source) : Attribute
{
    /// <summary>The name given.</summary>
    public string Source { get; } = source;
}
