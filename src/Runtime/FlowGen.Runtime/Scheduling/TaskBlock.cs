namespace FlowGen.Scheduling;

/// <summary>The children of one parent have become known.</summary>
/// <param name="Space">Where they are.</param>
/// <param name="Parent">Ordinal of the parent in the parent space.</param>
/// <param name="Collection">Ordinal of the collection they are made of.</param>
/// <param name="First">Ordinal of the first one.</param>
/// <param name="Width">How many there are; none if they are <see cref="IsLost">lost</see>.</param>
internal readonly record struct TaskBlock(TaskSpace Space, int Parent, int Collection, int First, int Width)
{
    /// <summary>Whether they will never exist.</summary>
    public bool IsLost => First < 0;
}
