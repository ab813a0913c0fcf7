namespace FlowGen.Runs;

/// <summary>The task of a sub-flow, as the place of the tasks inside it.</summary>
/// <param name="Task">The task; inside of a sub-flow itself if it has an outer one.</param>
internal sealed record OuterTask(TaskAddress Task)
{
    /// <summary>From the run's own flow inwards.</summary>
    public static TaskAddress[] Path(OuterTask? outer)
    {
        var path = new List<TaskAddress>();
        for (; outer is not null; outer = outer.Task.Outer) path.Insert(0, outer.Task);
        return [.. path];
    }
}
