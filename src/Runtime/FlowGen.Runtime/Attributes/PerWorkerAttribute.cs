namespace FlowGen;

/// <summary>
/// The method opens a resource once for each process that runs tasks: a connection, a loaded model. Steps take it by the method's name, as they take an artifact, but it is never stored.
/// It may take flow parameters, services, other such resources, <see cref="CancellationToken"/> and <see cref="Microsoft.Extensions.Logging.ILogger"/>. It is opened when the first task needs it, and
/// disposed when the run ends. All tasks of the process share it, so it must be usable by several at the same time.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PerWorkerAttribute : Attribute;
