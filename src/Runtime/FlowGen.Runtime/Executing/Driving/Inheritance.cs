using FlowGen.Runs;

namespace FlowGen.Executing.Driving;

/// <summary>
/// What earlier drivers of the run have recorded of a flow. The scheduler begins anew and comes by all of it again; what it then wants to do or to write and is here is done and written already.
/// </summary>
internal sealed class Inheritance(FlowState state)
{
    private readonly Dictionary<TaskAddress, OpenTask> _open = new(state.Open);

    public static Inheritance? Of(FlowState? state) => state is null ? null : new Inheritance(state);

    /// <summary>Of a sub-flow, the hash of its parameters.</summary>
    public Hash256? Parameters => state.Parameters;

    public IReadOnlyList<InputFileStored> InputFiles => state.InputFiles;

    /// <summary>The jobs that were asked for.</summary>
    public IEnumerable<SliceState> Slices => state.Slices.Values;

    /// <summary>The same of the flow that a task is; <c>null</c> if it was never opened.</summary>
    public Inheritance? Of(TaskAddress task) => Of(state.SubFlows.GetValueOrDefault(task));

    /// <summary>The task if it is decided.</summary>
    public TaskState? Outcome(TaskAddress task) => state.Find(task) is { } known && (known.HasSucceeded || known.Status == FlowTaskStatus.Failed) ? known : null;

    /// <summary>What was done for a task that is not decided; told once.</summary>
    public OpenTask? TakeOpen(TaskAddress task) => _open.Remove(task, out var open) ? open : null;

    /// <summary>Whether the size of a collection is recorded.</summary>
    public bool Knows(DimensionSized sized) => state.Extents.Width(sized.Dimension, sized.At) is not null;

    /// <summary>The parts of a range of tasks that are not recorded as skipped or blocked yet.</summary>
    public IEnumerable<(TaskAddress First, int Count)> NotClosed(TaskAddress first, int count)
    {
        var (tasks, start) = (state.Steps[first.Step], 0);
        for (var i = 0; i <= count; i++)
        {
            if (i < count && !tasks.IsClosed(At(i))) continue;
            if (i > start) yield return (first with { Index = At(start) }, i - start);
            start = i + 1;
        }

        TaskIndex At(int i) => first.Index.IsEmpty ? first.Index : first.Index.WithLast(first.Index.Last + i);
    }
}
