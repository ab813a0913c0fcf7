namespace FlowGen;

/// <summary>Marks a method as a step: it runs when its inputs exist, and what it returns becomes an artifact.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StepAttribute : Attribute
{
    /// <summary>Name of the one artifact that the step makes. Default: the step's name, or the element names of a tuple whose elements are all named.</summary>
    public string? Makes { get; set; }

    /// <summary>Whether the step waits until everything it was computed from is durable before it starts. Default: <c>false</c>.</summary>
    public bool Durable { get; set; }
}
