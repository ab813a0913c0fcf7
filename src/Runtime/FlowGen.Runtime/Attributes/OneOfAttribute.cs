namespace FlowGen;

/// <summary>Takes whichever of several artifacts was made. The compiler proves that never two of them are, and, unless the input may be empty, that always one is.</summary>
/// <param name="sources">Names of two or more artifacts, or of steps with exactly one artifact, ignoring case.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OneOfAttribute(params string[] sources) : Attribute
{
    /// <summary>The names given.</summary>
    public IReadOnlyList<string> Sources { get; } = sources;
}
