namespace FlowGen;

/// <summary>Puts the runs of a flow into a project: each gets the tag <c>project:NAME</c>.</summary>
/// <param name="name">Name of the project: lower-case letters, digits and hyphens, at most 60.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProjectAttribute(string name) : Attribute
{
    /// <summary>Name of the project.</summary>
    public string Name { get; } = name;
}
