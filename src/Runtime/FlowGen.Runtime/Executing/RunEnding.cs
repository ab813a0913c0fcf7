using FlowGen.Executing.Logs;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>Calls the methods marked with <see cref="FinallyAttribute"/>, one after the other, before the final record: whoever kills the driver in this moment leaves a run that can be resumed.</summary>
internal static class RunEnding
{
    /// <param name="request">The flow.</param>
    /// <param name="manifest">The run.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="error">Its first failure.</param>
    /// <param name="makeFlow">Makes a flow object.</param>
    /// <param name="observer">Hears what the methods log, and how they fail.</param>
    /// <param name="mask">Hides secrets in what is recorded.</param>
    /// <param name="abort">Nobody waits any more.</param>
    /// <returns>The end, with the failures of the methods among its reasons: its status is what it was.</returns>
    public static async Task<RunFinished> CallAsync(RunRequest request, RunManifest manifest, RunFinished end, StepError? error, Func<object> makeFlow, SerialObserver observer, SecretMask mask, CancellationToken abort)
    {
        if (request.Flow.Finally.IsEmpty || abort.IsCancellationRequested) return end;
        var outcome = new RunOutcome
        {
            RunId = manifest.Run.ToString(),
            Flow = request.Flow.Name,
            Status = end.Status,
            Error = error,
            Tags = manifest.Tags,
            Duration = end.Duration,
        };
        foreach (var method in request.Flow.Finally)
        {
            var output = new AttemptOutput(request.Time, line => observer.Notice($"{method.Method}: {line}"));
            try
            {
                await method.Invoke(makeFlow(), outcome, new AttemptLogger(output), abort).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Code of the flow: whatever it throws must not change how the run ended.
            catch (Exception e)
#pragma warning restore CA1031
            {
                var told = mask.Hide($"[Finally] {method.Method} failed: {e.GetType().Name}: {e.Message}");
                observer.Notice(told);
                end = end with { Reason = end.Reason is null ? told : $"{end.Reason} {told}" };
            }
        }

        return end;
    }
}
