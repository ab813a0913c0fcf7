namespace FlowGen;

/// <summary>Starts a run of the flow when a run of another one has succeeded.</summary>
/// <param name="flow">The other flow's class.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TriggerOnFinishAttribute(Type flow) : Attribute
{
    /// <summary>The other flow's class.</summary>
    public Type Flow { get; } = flow;
}
