namespace FlowGen;

/// <summary>Sets an environment variable for a step. The step then runs in a process of its own, as a process has only one environment.</summary>
/// <param name="name">Name of the variable: letters, digits and underscores, not starting with a digit.</param>
/// <param name="value">Its value.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class EnvironmentAttribute(string name, string value) : Attribute
{
    /// <summary>Name of the variable.</summary>
    public string Name { get; } = name;

    /// <summary>Its value.</summary>
    public string Value { get; } = value;
}
