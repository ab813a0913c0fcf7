namespace FlowGen;

/// <summary>Runs a step in the driver's process wherever the others run: for steps that are too short to be worth a machine of their own.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class InlineAttribute : Attribute;
