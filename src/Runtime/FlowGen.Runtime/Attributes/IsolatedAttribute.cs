namespace FlowGen;

/// <summary>Runs each attempt in a process of its own: a crash fails the attempt and not the run, and a step that does not stop in time is killed.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class IsolatedAttribute : Attribute;
