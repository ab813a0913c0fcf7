using System.Globalization;
using FlowGen.Engines;
using FlowGen.Executing.Isolation;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>Who is to blame when a job ends before its tasks do, in words.</summary>
internal static class JobVerdict
{
    /// <summary>Why the job ended; <c>null</c> if as it should.</summary>
    /// <param name="report">What the engine says; <c>null</c> if it does not know the job any more.</param>
    public static string? Why(JobReport? report) => report switch
    {
        null => "the engine does not know its job any more",
        { Phase: JobPhase.Succeeded } => null,
        { Reason: { } reason } => reason,
        { ExitCode: { } code } when ExitWords.IsSignal(code) => ExitWords.Of(code),
        { ExitCode: { } code } => string.Create(CultureInfo.InvariantCulture, $"its program ended with exit code {code}"),
        { End: JobEnd.OutOfMemory } => "it ran out of memory",
        { End: JobEnd.TimeLimit } => "its time was up",
        { End: JobEnd.Preempted } => "it was preempted",
        { End: JobEnd.NodeLost } => "its machine is gone",
        { End: JobEnd.Cancelled } => "somebody cancelled it",
        { End: JobEnd.CannotStart } => "it cannot start",
        _ => "it was lost",
    };

    /// <summary>What becomes of an attempt that had begun.</summary>
    public static TaskError ErrorOf(JobReport? report, string job)
    {
        var where = report?.Place is { } place ? $" on {place}" : "";
        var why = Why(report) ?? "its worker ended without a result";
        return report?.End switch
        {
            JobEnd.TimeLimit => new TaskError(TaskErrorKind.Timeout, typeof(TimeoutException).FullName!, $"The time of its job{where} was up: {why}.", null),
            JobEnd.OutOfMemory => new TaskError(TaskErrorKind.System, TaskError.OutOfMemory, $"Its job{where} was ended: {why}.", null),
            _ => new TaskError(TaskErrorKind.System, TaskError.Lost, $"Its job {job}{where} was lost while the task ran: {why.TrimEnd('.')}.", null),
        };
    }
}
