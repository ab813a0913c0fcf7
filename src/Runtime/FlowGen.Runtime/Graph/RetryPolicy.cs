using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>How often and when a failed task runs again.</summary>
/// <param name="Times">Retries after the first attempt.</param>
/// <param name="Backoff">Wait before the first retry; it doubles with every further one, up to <see cref="MaxBackoff"/>.</param>
public sealed record RetryPolicy(int Times, TimeSpan Backoff)
{
    /// <summary>The longest wait.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a task runs again after an exception; <c>null</c> if after every one.</summary>
    public Func<Exception, bool>? Retries { get; init; }

    /// <summary>The same for people: names of the exceptions after which it does; empty for all.</summary>
    public ImmutableArray<string> On { get; init; } = [];

    /// <summary>Names of the exceptions after which it does not.</summary>
    public ImmutableArray<string> Except { get; init; } = [];
}
