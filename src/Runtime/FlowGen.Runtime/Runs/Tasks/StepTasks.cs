using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>The tasks of one step as a reader sees them.</summary>
/// <param name="rows">What the log says.</param>
/// <param name="stopped">Whether nothing runs any more.</param>
/// <param name="outer">The task whose flow the step is of; <c>null</c> for the run's own.</param>
internal sealed class StepTasks(StepRows rows, bool stopped, OuterTask? outer = null)
{
    /// <summary>Position of the step.</summary>
    public int Step => rows.Step;

    public long Count => rows.Count;

    public bool IsExpanded => rows.IsExpanded;

    /// <summary>All of them in index order; each iteration of a loop is one, and so is an index that never came to be complete.</summary>
    public IEnumerable<TaskState> All()
    {
        using var lost = rows.Lost.All.GetEnumerator();
        var hasLost = lost.MoveNext();
        foreach (var (first, count) in rows.Scope.Blocks())
        {
            for (; hasLost && lost.Current.Index.CompareTo(first) < 0; hasLost = lost.MoveNext()) yield return Closed(lost.Current.Index, lost.Current.Reason);
            for (var i = 0; i < count; i++)
                foreach (var task in Of(first.IsEmpty ? first : first.WithLast(i))) yield return task;
        }

        for (; hasLost; hasLost = lost.MoveNext()) yield return Closed(lost.Current.Index, lost.Current.Reason);
    }

    /// <summary>The task at an index: of a loop its iterations, nothing if there is none.</summary>
    public IEnumerable<TaskState> At(TaskIndex index) =>
        rows.Lost.Find(index) is { } reason ? [Closed(index, reason)] : rows.Scope.Contains(index) ? Of(index) : [];

    /// <summary>Whether it is recorded that a task is skipped or blocked, or will never exist.</summary>
    public bool IsClosed(TaskIndex index) =>
        rows.Lost.Find(index) is not null || rows.Reason(index) is not null || rows.Row(index).Status is FlowTaskStatus.Skipped or FlowTaskStatus.Blocked;

    /// <summary>The state in which the tasks are that have an index, by the number of the state.</summary>
    public ImmutableArray<int> Totals()
    {
        var totals = new long[RunOverview.States];
        foreach (var (_, count, reason) in rows.Lost.Ranges) totals[(int)StatusOf(reason)] += count;
        foreach (var (_, ranges) in rows.Ranges)
            foreach (var (_, count, reason) in ranges.All) totals[(int)StatusOf(reason)] += count;
        TaskIndex? last = null;
        foreach (var (index, _, row) in rows.Known())
        {
            if (index == last) continue;
            last = index;
            totals[(int)(rows.IsLoop ? Of(index).Last().Status : Effective(index, row).Status)]++;
            if (rows.Reason(index) is { } reason) totals[(int)StatusOf(reason)]--;
        }

        totals[(int)FlowTaskStatus.Pending] += Math.Max(0, Count - totals.Sum());
        return [.. totals.Select(total => (int)Math.Clamp(total, 0, int.MaxValue))];
    }

    /// <summary>The first tasks that failed, in index order.</summary>
    public IEnumerable<TaskState> Failed() =>
        from known in rows.Known()
        where known.Row.Status == FlowTaskStatus.Failed
        select Describe(new TaskAddress(rows.Step, known.Index, known.Iteration), known.Row);

    private IEnumerable<TaskState> Of(TaskIndex index)
    {
        if (!rows.IsLoop) return [Describe(new TaskAddress(rows.Step, index), rows.Row(index))];
        return rows.Iterations(index) is [_, ..] iterations ? Describe(index, iterations)
            : rows.Reason(index) is { } reason ? [Closed(index, reason)]
            : [Describe(new TaskAddress(rows.Step, index, 0), default)];
    }

    private IEnumerable<TaskState> Describe(TaskIndex index, IReadOnlyList<TaskRow> iterations)
    {
        for (var i = 0; i < iterations.Count; i++) yield return Describe(new TaskAddress(rows.Step, index, i), iterations[i]);
        if (iterations[^1] is { Status: FlowTaskStatus.Succeeded or FlowTaskStatus.Reused } last && (last.Marks & TaskMarks.GoesOn) != 0)
            yield return Describe(new TaskAddress(rows.Step, index, iterations.Count), default);
    }

    private TaskState Closed(TaskIndex index, object reason) => Describe(new TaskAddress(rows.Step, index), new TaskRow { Status = StatusOf(reason), Detail = reason });

    private static FlowTaskStatus StatusOf(object reason) => reason is SkipReason ? FlowTaskStatus.Skipped : FlowTaskStatus.Blocked;

    private TaskState Describe(TaskAddress address, in TaskRow row)
    {
        var (status, detail) = Effective(address.Index, row);
        return new TaskState
        {
            Address = address with { Outer = outer },
            Status = status,
            Attempts = row.Attempts,
            AttemptId = row.AttemptId,
            Started = row.Attempts == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(row.Started),
            Duration = status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused or FlowTaskStatus.Failed ? new TimeSpan(row.Duration) : null,
            Error = detail as TaskError,
            BlockedBy = detail is TaskAddress cause ? cause with { Outer = outer } : null,
            Skipped = detail as SkipReason,
            Origin = detail as string,
            Marks = row.Marks,
            Outputs = row.Outputs.IsDefault ? [] : row.Outputs,
            Key = row.Key == default ? null : row.Key,
        };
    }

    /// <summary>What a task's own row says counts more than the range it is in, once it is decided.</summary>
    private (FlowTaskStatus Status, object? Detail) Effective(TaskIndex index, in TaskRow row) =>
        row.IsDecided ? (row.Status, row.Detail)
        : rows.Reason(index) is { } reason ? (StatusOf(reason), reason)
        : (stopped && row.Status == FlowTaskStatus.Running ? FlowTaskStatus.Cancelled : row.Status, row.Detail);
}
