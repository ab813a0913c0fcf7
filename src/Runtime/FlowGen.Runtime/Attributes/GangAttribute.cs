namespace FlowGen;

/// <summary>Runs an attempt as several cooperating invocations that start, fail and are tried again together. What rank 0 returns is the result.</summary>
/// <param name="size">Number of invocations, 2 to 1024.</param>
/// <remarks>Each knows its place by <see cref="StepContext.Gang"/>.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GangAttribute(int size) : Attribute
{
    /// <summary>Number of invocations.</summary>
    public int Size { get; } = size;
}
