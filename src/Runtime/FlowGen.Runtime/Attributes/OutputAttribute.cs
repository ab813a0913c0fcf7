namespace FlowGen;

/// <summary>Marks a step whose artifacts are results of the flow: what a flow gets that runs this one as a step (<see cref="SubFlowAttribute"/>). The step runs once and is never skipped, and its failure fails the flow.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OutputAttribute : Attribute;
