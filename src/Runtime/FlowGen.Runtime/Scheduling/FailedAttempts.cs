namespace FlowGen.Scheduling;

/// <summary>How often a task failed so far: by a fault of its own, and because the place where it ran was lost, which has a budget of its own.</summary>
internal readonly record struct FailedAttempts(int Own, int System)
{
    public int Count => Own + System;

    /// <summary>With one more failure.</summary>
    public FailedAttempts And(bool isSystem) => isSystem ? this with { System = System + 1 } : this with { Own = Own + 1 };
}
