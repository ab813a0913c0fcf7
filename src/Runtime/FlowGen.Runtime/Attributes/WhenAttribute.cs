namespace FlowGen;

/// <summary>Runs the step only when a decision has one of the given values; otherwise the step and all that need its result are skipped.</summary>
/// <remarks>Several conditions on one step must all hold.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class WhenAttribute : Attribute
{
    /// <summary>Names the decision and the values that let the step run.</summary>
    /// <param name="decision">Name of an artifact, of a step with exactly one artifact, or of a flow parameter, ignoring case: a <c>bool</c>, enum, integer or <c>string</c> that is never null.</param>
    /// <param name="values">One or more constants; for a <c>bool</c>, none means <c>true</c>.</param>
    public WhenAttribute(string decision, params object[] values) => (Decision, Values) = (decision, values);

    /// <summary>The name given.</summary>
    public string Decision { get; }

    /// <summary>The values given.</summary>
    public IReadOnlyList<object> Values { get; }
}
