namespace FlowGen;

/// <summary>Orders this step after another one without passing data.</summary>
/// <param name="source">Name of the step that must have finished, ignoring case; <c>nameof(Step)</c> where possible.</param>
/// <remarks>A task starts when every task of that step whose index agrees with its own in the dimensions they share has succeeded or was skipped.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AfterAttribute(string source) : Attribute
{
    /// <summary>The name given.</summary>
    public string Source { get; } = source;

    /// <summary>Whether the step also runs after tasks that failed or were blocked: clean-up, which does not excuse the failure. Default: <c>false</c>.</summary>
    public bool Always { get; set; }
}
