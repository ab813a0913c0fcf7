namespace FlowGen.Executing.Remote;

/// <summary>How many tasks of a step go into one job: so many that the job has enough to do, by what tasks of the step took so far. While nobody knows, few are sent, one a job, to find out.</summary>
internal sealed class SliceSizes(TimeSpan work)
{
    /// <summary>Jobs of one task that are sent while nothing is known of a step.</summary>
    private const int Probes = 8;

    /// <summary>A slice must stay small enough to be read and written at once.</summary>
    private const int Most = 2000;

    /// <summary>How much the last task counts.</summary>
    private const double Newest = 0.2;

    private readonly Dictionary<(string Path, int Step), double> _seconds = [];

    /// <summary>A task of a step took so long.</summary>
    public void Took(string path, int step, TimeSpan duration) =>
        _seconds[(path, step)] = _seconds.TryGetValue((path, step), out var known) ? known + (duration.TotalSeconds - known) * Newest : duration.TotalSeconds;

    /// <summary>How many tasks to send together where all are sent at once: as few as the jobs allow, and so many that a job has enough to do.</summary>
    /// <param name="path">The flow.</param>
    /// <param name="step">The step.</param>
    /// <param name="waiting">Tasks of that kind that wait.</param>
    /// <param name="free">Jobs that may still be started.</param>
    /// <returns>0 to wait.</returns>
    public int Share(string path, int step, int waiting, int free)
    {
        if (free <= 0) return 0;
        var least = (waiting + free - 1) / free;
        var enough = _seconds.TryGetValue((path, step), out var seconds) ? (int)Math.Min(Most, work.TotalSeconds / Math.Max(seconds, 0.001)) : 1;
        return Math.Clamp(Math.Max(least, enough), 1, Math.Min(Most, waiting));
    }

    /// <summary>How many tasks to send together.</summary>
    /// <param name="path">The flow.</param>
    /// <param name="step">The step.</param>
    /// <param name="waiting">Tasks of that kind that wait.</param>
    /// <param name="free">Jobs that may still be started.</param>
    /// <param name="live">Jobs of the step that are not over.</param>
    /// <param name="running">The longest time that one of its tasks has been running for.</param>
    /// <param name="waited">How long the first of them has waited.</param>
    /// <param name="probe">How long they wait to learn how long tasks take.</param>
    /// <returns>0 to wait.</returns>
    public int Next(string path, int step, int waiting, int free, int live, TimeSpan running, TimeSpan waited, TimeSpan probe)
    {
        if (free <= 0) return 0;
        var known = _seconds.TryGetValue((path, step), out var seconds);
        if (!known && running < probe) return waiting <= Math.Min(free, Probes) || live < Probes || waited >= probe ? 1 : 0;
        var expected = Math.Max(known ? seconds : 0, running.TotalSeconds);
        return (int)Math.Clamp(work.TotalSeconds / Math.Max(expected, 0.001), 1, Math.Min(Most, waiting));
    }
}
