using FlowGen.Executing;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>
/// One run for each time of a schedule, however often its start is tried: its key follows from schedule and time, so of two that register it one finds it there. A start that was cut off before the run was
/// submitted leaves a run that nobody can drive; it is closed, and the next key takes its place.
/// </summary>
internal static class ScheduledRun
{
    /// <summary>Starts of one time that may be cut off.</summary>
    private const int MaxCut = 100;

    /// <summary>The key of the run that is to be registered; or the run that is submitted already.</summary>
    public static async Task<(RunKey Key, RunFold? Submitted)> FindAsync(RunRequest request, string schedule, DateTimeOffset time)
    {
        var store = await RunStore.OpenAsync(request.Store, forWriting: true, request.Time, CancellationToken.None).ConfigureAwait(false);
        for (var cut = 0; cut < MaxCut; cut++)
        {
            var key = RunKey.OfSchedule(request.Flow.Name, schedule, time, cut);
            if (await store.Reader.ReplayAsync(key, CancellationToken.None).ConfigureAwait(false) is not { } fold) return (key, null);
            if (fold.Submission is not null) return (key, fold);
            if (fold.End is null) await store.CloseAsync(key, "Its start was cut off before it was submitted; another run takes its place.", request.LogOptions, CancellationToken.None).ConfigureAwait(false);
        }

        throw new FlowException("FG1306", $"The run of schedule {schedule} for {time:yyyy-MM-dd HH:mm} UTC could not be started: {MaxCut} starts were cut off.", ExitCodes.RunFailed);
    }
}
