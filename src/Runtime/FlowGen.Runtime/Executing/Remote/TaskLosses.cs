using FlowGen.Engines;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>What each task has lost with jobs that ended under it, and what an attempt is told that is charged for one. Used under the lock of its owner.</summary>
internal sealed class TaskLosses
{
    /// <summary>How often jobs may be lost before they come to a task.</summary>
    public const int MostFree = 3;

    /// <summary>A task that ran in so many jobs that were lost is sent alone.</summary>
    private const int AloneAfter = 2;

    private readonly Dictionary<(string Prefix, TaskAddress Task), (int Losses, int OutOfMemory)> _losses = [];

    /// <summary>Whether a task is sent alone, and how often it ran out of memory; earlier drivers count.</summary>
    public (bool IsAlone, int OutOfMemory) Of(RunScope scope, TaskAttempt attempt)
    {
        var key = (scope.Prefix, attempt.Task);
        var (losses, outOfMemory) = _losses.GetValueOrDefault(key);
        if (attempt.Open is { } open) _losses[key] = (losses, outOfMemory) = (Math.Max(losses, open.System), Math.Max(outOfMemory, open.OutOfMemory));
        return (losses >= AloneAfter, outOfMemory);
    }

    /// <summary>Charges a task for a lost job.</summary>
    /// <param name="sent">The task.</param>
    /// <param name="job">The job.</param>
    /// <param name="hasBegun">Whether the job had come to the task.</param>
    /// <param name="report">What the engine said of the job.</param>
    /// <param name="console">Its last lines, if they are known.</param>
    public TaskError Charge(SentTask sent, string job, bool hasBegun, JobReport? report, string? console)
    {
        var why = JobVerdict.Why(report);
        var said = console?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } last && report is { ExitCode: not null } ? $" ({last})" : "";
        var error = JobVerdict.ErrorOf(report, job);
        if (!hasBegun) error = error with { Kind = TaskErrorKind.System, Message = report?.End == JobEnd.CannotStart ? $"Its job cannot start: {why}" : $"{MostFree} jobs ended before they came to the task, the last one because {why ?? "its worker left it out"}{said}." };
        var key = (sent.Scope.Prefix, sent.Attempt.Task);
        var (losses, outOfMemory) = _losses.GetValueOrDefault(key);
        _losses[key] = (losses + 1, outOfMemory + (error.Type == TaskError.OutOfMemory ? 1 : 0));
        return error with { Message = sent.Scope.Mask.Hide(error.Message), Stack = console is null ? null : sent.Scope.Mask.Hide("The last lines of the job:\n" + console) };
    }
}
