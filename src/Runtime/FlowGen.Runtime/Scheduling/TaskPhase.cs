namespace FlowGen.Scheduling;

/// <summary>How far a task is. From <see cref="Succeeded"/> on it is decided and never changes again.</summary>
internal enum TaskPhase : byte
{
    /// <summary>It waits for its inputs, a limit, or a slot.</summary>
    Waiting,

    /// <summary>An attempt is running.</summary>
    Running,

    /// <summary>An attempt failed and the backoff is not over.</summary>
    Retrying,

    Succeeded,
    Failed,
    Blocked,
    Skipped,
}
