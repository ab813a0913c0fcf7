namespace FlowGen;

/// <summary>Runs the step when a decision has a value that no <see cref="WhenAttribute"/> on it anywhere in the flow mentions.</summary>
/// <param name="decision">Name of the decision, ignoring case.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class OtherwiseAttribute(string decision) : Attribute
{
    /// <summary>The name given.</summary>
    public string Decision { get; } = decision;
}
