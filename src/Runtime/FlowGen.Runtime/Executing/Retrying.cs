using FlowGen.CompilerServices;

namespace FlowGen.Executing;

/// <summary>Whether another attempt makes sense after an exception.</summary>
internal static class Retrying
{
    public static bool IsForGood(RetryPolicy? policy, Exception e) => e switch
    {
        PermanentTaskException or PermanentFailureException => true,
        // Who says when to come back wants to come back, whatever the filter says.
        RetryAfterException => false,
        _ => policy?.Retries is { } retries && !retries(e),
    };
}
