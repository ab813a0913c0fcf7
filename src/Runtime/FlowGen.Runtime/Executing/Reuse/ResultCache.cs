using System.Collections.Concurrent;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// The results that runs share (<see cref="CacheAttribute"/>, <c>--cache</c>): <c>cache/&lt;key&gt;/</c> has one entry for each task that made one, put when the task is durable. The first that can be read is
/// taken. While another task makes it, a task waits without holding anything (H12), and runs itself after as long as its step may take.
/// </summary>
internal sealed class ResultCache(RunScope run, RunStore store)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(250), LongestPoll = TimeSpan.FromSeconds(5), LongestWait = TimeSpan.FromMinutes(10);

    private readonly CacheFlight _flight = new(store, run.Run);
    private readonly ConcurrentDictionary<TaskAddress, string> _leads = [];
    private readonly ConcurrentDictionary<TaskAddress, (long Since, int Polls)> _waits = [];
    private readonly ConcurrentBag<Task> _puts = [];

    /// <summary>Whether results of a task are shared.</summary>
    public bool Covers(TaskAttempt attempt) => (run.CachesAll || attempt.Definition.Cache is not null) && attempt.Definition.ArtifactCount > 0 && attempt.Key is not null && !attempt.IsGivenErrors;

    /// <summary>A result that another task has made; <c>null</c> if there is none that can be read.</summary>
    public async ValueTask<TaskSucceeded?> FindAsync(TaskAttempt attempt)
    {
        var key = attempt.Key!.Value;
        await foreach (var stored in store.Objects.ListAsync(CacheEntry.Prefix(key), null, attempt.CancellationToken).ConfigureAwait(false))
        {
            try
            {
                if (await store.Objects.GetAsync(stored.Key, attempt.CancellationToken).ConfigureAwait(false) is not { } bytes) continue;
                var entry = CacheEntry.Decode(store.Objects.Location, stored.Key, bytes, attempt.Task, key);
                if (!await store.MayReuseAsync(entry.Run, attempt.CancellationToken).ConfigureAwait(false)) continue;
                if (entry.Result.Outputs.Length == attempt.Definition.ArtifactCount && Reuser.Fit(attempt.Definition, attempt.Task, entry.Result.Marks) is { } marks
                    && await Reuser.IsReadableAsync(run, attempt, entry.Result.Outputs).ConfigureAwait(false)) return entry.Result with { Marks = marks };
            }
            catch (FlowException e) when (e is not Storage.StoreUnavailableException)
            {
                run.Observer.Notice($"{attempt.TaskName} does not take a cached result: {e.Message}");
            }
        }

        return null;
    }

    /// <summary>How long to wait before looking again, as another task makes the result; <c>null</c> to make it here.</summary>
    public async ValueTask<TimeSpan?> WaitAsync(TaskAttempt attempt)
    {
        var now = run.Time.GetTimestamp();
        var (since, polls) = _waits.GetOrAdd(attempt.Task, (now, 0));
        var isOver = run.Time.GetElapsedTime(since, now) >= (attempt.Definition.Timeout ?? LongestWait);
        var claim = isOver ? null : await _flight.TryLeadAsync(attempt.Key!.Value, attempt.TaskName, attempt.CancellationToken).ConfigureAwait(false);
        if (claim is null && !isOver)
        {
            _waits[attempt.Task] = (since, polls + 1);
            return TimeSpan.FromTicks(Math.Min(FirstPoll.Ticks << Math.Min(polls, 10), LongestPoll.Ticks));
        }

        _waits.TryRemove(attempt.Task, out _);
        if (claim is not null) _leads[attempt.Task] = claim;
        return null;
    }

    /// <summary>The attempt is over: its result is shared once it is durable, and who waits for it goes on.</summary>
    public void Ended(TaskAttempt attempt, TaskSucceeded? record)
    {
        if (_leads.TryRemove(attempt.Task, out var claim) | record is not null) _puts.Add(EndAsync(record, claim, run.Journal.Last));
    }

    /// <summary>Everything is shared that is to be.</summary>
    public Task CompleteAsync() => Task.WhenAll(_puts);

    private async Task EndAsync(TaskSucceeded? record, string? claim, long sequence)
    {
        try
        {
            if (record is not null)
            {
                await run.Journal.WhenCommittedAsync(sequence, CancellationToken.None).ConfigureAwait(false);
                var entry = new CacheEntry(run.Run, $"{run.Run}/{run.NameOf(record.Task)}", record);
                await store.Objects.PutIfAbsentAsync(entry.Key, entry.Encode()).ConfigureAwait(false);
            }

            if (claim is not null) await _flight.EndAsync(claim, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FlowException or OperationCanceledException)
        {
            run.Observer.Notice($"A result could not be cached: {e.Message}");
        }
    }
}
