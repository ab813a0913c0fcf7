namespace FlowGen;

/// <summary>
/// Marks a method that runs another flow as a step: it returns an object of that flow's class, whose parameters are the flow's inputs. The results that the flow marks with <see cref="OutputAttribute"/>
/// are the artifacts of the step, and its tasks are part of this run.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SubFlowAttribute : Attribute;
