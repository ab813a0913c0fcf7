namespace FlowGen;

/// <summary>State of a run.</summary>
public enum RunStatus
{
    /// <summary>A driver is working on it.</summary>
    Running,

    /// <summary>Everything that had to run has succeeded and is durable.</summary>
    Succeeded,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,

    /// <summary>It is not finished and no driver works on it. Derived by readers, never written.</summary>
    Interrupted,
}
