namespace FlowGen.Scheduling;

/// <summary>What is waited for. The two are mirror images of each other.</summary>
internal enum WaitKind : byte
{
    /// <summary>A task waits until those it depends on are decided; then its own fate is.</summary>
    Fate,

    /// <summary>Outputs wait until those who read them need them no longer; then they are let go.</summary>
    Release,
}

/// <summary>
/// A step in one kind of waiting: what its tasks wait for, and the groups of its own tasks that others wait for. <see cref="Gates"/> counts what all tasks wait for together,
/// <see cref="Missing"/> what each waits for alone; a task goes on when both are zero, and neither ever grows again.
/// </summary>
internal sealed class WaitSide(WaitKind kind)
{
    public WaitKind Kind { get; } = kind;

    /// <summary>Steps waited for as a whole that are not done.</summary>
    public int Gates { get; set; }

    /// <summary>Groups waited for that are not complete, by task; empty if no step is waited for by group.</summary>
    public ushort[] Missing { get; set; } = [];

    /// <summary>The steps waited for by group.</summary>
    public List<Waiter> ByGroup { get; } = [];

    /// <summary>The step's own tasks as others wait for them.</summary>
    public List<TaskGroups> Groups { get; } = [];
}

/// <summary>A step that waits for groups of another's tasks, and the way between the two.</summary>
/// <param name="Step">The step that waits.</param>
/// <param name="Groups">What it waits for.</param>
/// <param name="ToGroup">From the waiting step's tasks to the groups.</param>
/// <param name="Accepts">What it puts up with among them.</param>
internal sealed record Waiter(StepState Step, TaskGroups Groups, TaskProjection ToGroup, EdgeAccepts Accepts);
