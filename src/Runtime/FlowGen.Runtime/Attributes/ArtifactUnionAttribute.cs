namespace FlowGen;

/// <summary>Lists all types that values of an interface or base class can have, so that it can be an artifact. Values are stored with the name of their type.</summary>
/// <remarks>
/// A value of another type fails its task. A base class that is not abstract is a member only if it lists itself. The members of a generic base may be generic too:
/// <c>[ArtifactUnion(typeof(Some&lt;&gt;), typeof(None&lt;&gt;))]</c>; they take its type arguments. A type that is added later does not change how others are stored.
/// </remarks>
/// <param name="types">Classes and structs that derive from the type or implement it, each with a name of its own.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class ArtifactUnionAttribute(params Type[] types) : Attribute
{
    /// <summary>The members of the union.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
