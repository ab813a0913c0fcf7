namespace FlowGen;

/// <summary>Marks a <c>partial</c> class as a flow: its <see cref="StepAttribute">steps</see> form a graph that the compiler checks and the runtime executes.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FlowAttribute : Attribute
{
    /// <summary>Names the flow after its class: <c>ChurnModelFlow</c> becomes <c>churn-model</c>.</summary>
    public FlowAttribute() { }

    /// <summary>Names the flow explicitly.</summary>
    /// <param name="name">Lower-case letters, digits and single hyphens, at most 60 characters, starting with a letter.</param>
    public FlowAttribute(string name) => Name = name;

    /// <summary>The explicit command-line name, or <c>null</c> when it follows from the class name.</summary>
    public string? Name { get; }
}
