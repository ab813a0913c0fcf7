using System.Collections;
using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>
/// The tasks of a run, by step and index. A task that the log has said nothing about costs nothing, another about 50 bytes and its outputs; <see cref="TaskState"/>
/// objects are made when somebody looks. So a run of a million tasks is small, and a width that lies allocates nothing.
/// </summary>
internal sealed class TaskTable : IReadOnlyList<TaskState>
{
    private const int PageSize = 16;

    private readonly StepRows[] _steps;
    private readonly int[] _starts;
    private readonly bool _stopped;

    /// <param name="steps">Rows of each step.</param>
    /// <param name="stopped">Whether no driver works on the run: what was running is cancelled.</param>
    public TaskTable(StepRows[] steps, bool stopped)
    {
        (_steps, _stopped, _starts) = (steps, stopped, new int[steps.Length + 1]);
        for (var i = 0; i < steps.Length; i++) _starts[i + 1] = checked(_starts[i] + steps[i].Count);
    }

    public int Count => _starts[^1];

    public TaskState this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var step = Array.BinarySearch(_starts, index);
            if (step < 0) step = ~step - 1;
            while (_starts[step + 1] == _starts[step]) step++; // steps without tasks start where the next one does
            return _steps[step].Describe(step, index - _starts[step], _stopped);
        }
    }

    public IEnumerator<TaskState> GetEnumerator()
    {
        for (var step = 0; step < _steps.Length; step++)
            for (var i = 0; i < _steps[step].Count; i++) yield return _steps[step].Describe(step, i, _stopped);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What the log says of one task. Of <see cref="Detail"/>: an error, the origin of a reused result, or the cause of a blocked task.</summary>
    internal struct Row
    {
        public FlowTaskStatus Status;
        public int Attempts;
        public ulong AttemptId;
        public long Started;
        public long Duration;
        public object? Detail;
        public ImmutableArray<StoredValue> Outputs;

        public readonly bool IsKnown => Status != FlowTaskStatus.Pending || Attempts != 0 || AttemptId != 0 || Detail is not null;
    }

    /// <summary>The tasks of one step.</summary>
    internal sealed class StepRows
    {
        private readonly Dictionary<int, Row[]> _pages = [];
        private readonly List<(int First, int Count, TaskAddress Cause)> _blocked = [];

        /// <summary>0 while it is not known which tasks there are.</summary>
        public int Count { get; set; }

        /// <summary>Whether the step has one task without an index.</summary>
        public bool IsSingle { get; set; }

        public void Block(int first, int count, TaskAddress cause) => _blocked.Add((first, count, cause));

        public ref Row At(int position)
        {
            var key = position / PageSize;
            if (!_pages.TryGetValue(key, out var page)) _pages.Add(key, page = new Row[PageSize]);
            return ref page[position % PageSize];
        }

        /// <summary>The tasks that the log has said something about, by position.</summary>
        public IEnumerable<(int Position, Row Row)> Known()
        {
            foreach (var key in _pages.Keys.Order())
            {
                for (var i = 0; i < PageSize; i++)
                    if (_pages[key][i] is { IsKnown: true } row) yield return (key * PageSize + i, row);
            }
        }

        /// <summary>A new driver begins: attempts of the last one are gone.</summary>
        public void StopAttempts()
        {
            foreach (var page in _pages.Values)
                foreach (ref var row in page.AsSpan())
                    if (row.Status == FlowTaskStatus.Running) row.Status = FlowTaskStatus.Pending;
        }

        public TaskState Describe(int step, int position, bool stopped)
        {
            var address = new TaskAddress(step, IsSingle ? default : (TaskIndex)position);
            var row = _pages.TryGetValue(position / PageSize, out var page) ? page[position % PageSize] : default;
            var status = row.Status;
            object? detail = row.Detail;
            if (status is FlowTaskStatus.Pending or FlowTaskStatus.Running)
            {
                if (_blocked.FindIndex(b => position >= b.First && position - b.First < b.Count) is >= 0 and var i) (status, detail) = (FlowTaskStatus.Blocked, _blocked[i].Cause);
                else if (stopped && status == FlowTaskStatus.Running) status = FlowTaskStatus.Cancelled;
            }
            return new TaskState
            {
                Address = address,
                Status = status,
                Attempts = row.Attempts,
                AttemptId = row.AttemptId,
                Started = row.Attempts == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(row.Started),
                Duration = status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused or FlowTaskStatus.Failed ? new TimeSpan(row.Duration) : null,
                Error = detail as TaskError,
                BlockedBy = detail is TaskAddress cause ? cause : null,
                Origin = detail as string,
                Outputs = row.Outputs.IsDefault ? [] : row.Outputs,
            };
        }
    }
}
