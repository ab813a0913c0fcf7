namespace FlowGen;

/// <summary>Vouches for a type of a referenced assembly: all its state is reachable through its constructor parameters and settable properties, so it may be an artifact.</summary>
/// <param name="type">The type vouched for.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ArtifactTypeAttribute(Type type) : Attribute
{
    /// <summary>The type vouched for.</summary>
    public Type Type { get; } = type;
}
