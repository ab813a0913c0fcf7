namespace FlowGen;

/// <summary>State of a task.</summary>
public enum FlowTaskStatus
{
    /// <summary>It waits for its inputs, a free slot, or a retry.</summary>
    Pending,

    /// <summary>An attempt is running.</summary>
    Running,

    /// <summary>Its outputs are accepted.</summary>
    Succeeded,

    /// <summary>Its outputs were taken over from an earlier run.</summary>
    Reused,

    /// <summary>Its last attempt failed.</summary>
    Failed,

    /// <summary>It was decided that it need not run.</summary>
    Skipped,

    /// <summary>It can never start, because a task it depends on failed.</summary>
    Blocked,

    /// <summary>It was running when the run was stopped.</summary>
    Cancelled,
}
