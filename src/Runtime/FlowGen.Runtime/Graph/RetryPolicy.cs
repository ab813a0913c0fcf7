namespace FlowGen.CompilerServices;

/// <summary>How often and when a failed task runs again.</summary>
/// <param name="Times">Retries after the first attempt.</param>
/// <param name="Backoff">Wait before the first retry; it doubles with every further one, up to ten minutes.</param>
public sealed record RetryPolicy(int Times, TimeSpan Backoff);
