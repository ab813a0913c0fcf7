namespace FlowGen;

/// <summary>Marks a method that is called once when a run has ended, however it ended: to tell people, or to clean up.</summary>
/// <remarks>
/// It takes a <see cref="RunOutcome"/>, and may take an <see cref="Microsoft.Extensions.Logging.ILogger"/> and a <see cref="CancellationToken"/>; it returns nothing, or a task.
/// It is no step: it has no inputs and no artifacts, is not tried again, and its failure is told but does not change how the run ended.
/// It is not called when the process is killed.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FinallyAttribute : Attribute;
