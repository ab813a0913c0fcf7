using FlowGen.Engines;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>A slice whose job has not ended yet, for all that the driver knows.</summary>
internal sealed class LiveSlice(string name, string job, DispatchedTask[] tasks)
{
    private readonly SentTask?[] _sent = new SentTask?[tasks.Length];
    private readonly ProposedEvent?[] _outcomes = new ProposedEvent?[tasks.Length];
    private readonly DateTimeOffset?[] _started = new DateTimeOffset?[tasks.Length];

    /// <summary>The slices that earlier drivers of the run have sent and that somebody will wait for. Where everything is decided nobody does, and the job is one that nobody needs.</summary>
    public static IEnumerable<LiveSlice> Inherited(RunLog log, RemoteOptions options)
    {
        foreach (var flow in log.Inherited?.Flows ?? [])
        {
            foreach (var (sent, read, ended) in flow.Slices.Values.Select(slice => (slice.Dispatched, slice.Read, slice.Ended)))
            {
                if (ended is not null || !sent.Tasks.Any(task => flow.Open.TryGetValue(task.Task, out var open) && open.AttemptId == task.AttemptId && open.Slice == sent.Slice)) continue;
                var first = OuterTask.Path(flow.Outer) is [var outer, ..] ? outer : sent.Tasks[0].Task;
                yield return new LiveSlice(sent.Slice, sent.Job, [.. sent.Tasks])
                {
                    Recorded = read.ToDictionary(worker => worker.Key, worker => worker.Value.Count),
                    Pause = options.Times.FirstPoll,
                    IsOver = options.Turn?.Covers(log.Manifest.Graph.Steps[first.Step].Name) == true,
                };
            }
        }
    }

    public string Name => name;

    public string Job => job;

    public DispatchedTask[] Tasks => tasks;

    /// <summary>The flow of its tasks; <c>null</c> of one that an earlier driver sent, until the first of its tasks is due again.</summary>
    public RunScope? Scope { get; private set; }

    /// <summary>The request, until the engine has it.</summary>
    public JobRequest? Request { get; set; }

    /// <summary>When this driver's request reached the engine.</summary>
    public long? AskedAt { get; set; }

    /// <summary>What the engine said last.</summary>
    public JobReport? Report { get; set; }

    /// <summary>By worker, how many of its segments were read.</summary>
    public Dictionary<Guid, int> Read { get; } = [];

    /// <summary>By worker, of how many segments the log has what they say beside outcomes.</summary>
    public Dictionary<Guid, int> Recorded { get; init; } = [];

    /// <summary>When it is looked at next, and how long after that.</summary>
    public long Due { get; set; }

    public TimeSpan Pause { get; set; }

    public int Polls { get; set; }

    /// <summary>When it was found that all its outcomes are known.</summary>
    public long? SettledAt { get; set; }

    /// <summary>Of a driver's turn, whether its job is known to have ended, as otherwise nobody would have begun the turn.</summary>
    public bool IsOver { get; init; }

    /// <summary>How many of its attempts somebody waits for.</summary>
    public int Awaited => Enumerable.Range(0, tasks.Length).Count(position => _sent[position] is not null && _outcomes[position] is null);

    /// <summary>Whether nothing can come of it any more that somebody waits for.</summary>
    public bool IsSettled => _outcomes.All(outcome => outcome is not null);

    /// <summary>The attempt at a position is this one.</summary>
    public void Attach(int position, SentTask sent)
    {
        (_sent[position], Scope) = (sent, sent.Scope);
        if (_started[position] is not null) Begin(sent);
        if (_outcomes[position] is { } known) sent.Settle(known);
    }

    /// <summary>The position of an attempt; -1 if it is not in here.</summary>
    public int PositionOf(TaskAddress task, ulong id) => Array.FindIndex(tasks, known => known.AttemptId == id && known.Task == task);

    public SentTask? At(int position) => _sent[position];

    /// <summary>When an attempt began, if it has.</summary>
    public DateTimeOffset? StartOf(int position) => _started[position];

    /// <summary>Whether its outcome is known.</summary>
    public bool HasOutcome(int position) => _outcomes[position] is not null;

    /// <summary>An attempt has begun.</summary>
    public void Begin(int position, DateTimeOffset at)
    {
        if (_started[position] is not null) return;
        _started[position] = at;
        if (_sent[position] is { } sent) Begin(sent);
    }

    /// <summary>An attempt has an outcome; of several the first stands.</summary>
    public void End(int position, ProposedEvent outcome)
    {
        if (_outcomes[position] is not null) return;
        _outcomes[position] = outcome;
        if (_sent[position] is { } sent) sent.Settle(outcome);
    }

    /// <summary>Whether there is a sign that its job has ever been.</summary>
    public bool HasAppeared => Report is not null || Read.Count > 0;

    /// <summary>The longest time that an attempt has been running for now.</summary>
    public TimeSpan LongestRunning(DateTimeOffset now)
    {
        var longest = TimeSpan.Zero;
        for (var i = 0; i < tasks.Length; i++)
            if (_started[i] is { } at && _outcomes[i] is null && now - at > longest) longest = now - at;
        return longest;
    }

    private static void Begin(SentTask sent)
    {
        if (sent.HasBegun) return;
        sent.HasBegun = true;
        sent.Attempt.Executor.Begin(sent.Attempt);
    }
}
