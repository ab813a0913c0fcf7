namespace FlowGen;

/// <summary>Repeats the step, at least once, while a method says so of its result. Everyone else sees the result of the last iteration; a resumed run goes on in the middle.</summary>
/// <param name="keepGoing">Name of a method <c>bool KeepGoing(T result)</c> of the flow: static, or an instance method that reads parameters only.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class LoopAttribute(string keepGoing) : Attribute
{
    /// <summary>The name given.</summary>
    public string KeepGoing { get; } = keepGoing;

    /// <summary>The most iterations there may be, 1 or more; to be given.</summary>
    public int Max { get; set; }

    /// <summary>Whether the loop ends successfully after <see cref="Max"/> iterations although it would keep going. Default: the step fails.</summary>
    public bool StopAtMax { get; set; }
}
