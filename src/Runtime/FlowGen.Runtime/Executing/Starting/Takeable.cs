using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>What of one step of the origin may be taken over as far as its own records tell.</summary>
internal static class Takeable
{
    /// <summary>The successes of a step, task by task; of a loop, each with the iterations before it.</summary>
    /// <param name="origin">The flow in the run that is resumed.</param>
    /// <param name="step">Position of the step in that run.</param>
    /// <param name="loop">How the step repeats today.</param>
    public static IEnumerable<List<TaskState>> Of(FlowState origin, int step, GraphLoop? loop)
    {
        var found = new List<TaskState>();
        foreach (var task in origin.TasksOf(step))
        {
            if (found.Count > 0 && found[0].Address.Index != task.Address.Index)
            {
                yield return found;
                found = [];
            }

            // What comes after a gap rests on what is not there.
            if (task.HasSucceeded && (task.Marks & TaskMarks.GivenError) == 0 && task.Address.Iteration <= found.Count && Fit(task, loop) is { } fit && !Ends(found)) found.Add(fit);
        }

        if (found.Count > 0) yield return found;
    }

    private static bool Ends(List<TaskState> found) => found is [.., { GoesOn: false }];

    /// <summary>
    /// An iteration under today's limit, which may be another than then; <c>null</c> if the loop has to fail there today, or ends there and did not: what needs its result was made from another one then.
    /// </summary>
    private static TaskState? Fit(TaskState task, GraphLoop? loop)
    {
        const TaskMarks more = TaskMarks.GoesOn | TaskMarks.StoppedAtMax;
        if (loop is null) return task;
        if (task.Address.Iteration >= loop.Max) return null;
        if ((task.Marks & more) == 0) return task;
        if (task.Address.Iteration + 1 < loop.Max || !loop.StopAtMax) return task with { Marks = task.Marks & ~more | TaskMarks.GoesOn };
        return task.GoesOn ? null : task;
    }
}
