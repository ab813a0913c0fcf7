using Amazon.S3;

namespace FlowGen.S3;

/// <summary>
/// Sends requests. The SDK sends each once; trying again is done here, where it is known what may be repeated: pauses grow and are jittered, credentials are read again
/// when the server does not accept them (H11), and a server that is overloaded is asked less often (H6).
/// </summary>
internal sealed class S3Calls(S3Connection connection, TimeProvider time)
{
    /// <summary>How long a request is repeated before whoever asked hears of it; drivers go on trying for an hour.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), PatienceWhenSlowed = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(5);

    private readonly RequestGate _gate = new(connection.MaxRequests, time);
    private bool _answered;

    /// <summary>Sends a request that may be repeated, until there is an answer.</summary>
    /// <param name="call">One try.</param>
    /// <param name="otherwise">The answer for a failure that is one; <c>null</c> if none is. Gives false for other failures.</param>
    /// <param name="bytes">How much is sent.</param>
    /// <param name="cancel">Nobody wants the answer any more.</param>
    public async ValueTask<T> RepeatAsync<T>(Func<AmazonS3Client, SilenceLimit, Task<T>> call, Func<FailureKind, (bool IsAnswer, T Answer)>? otherwise, long bytes, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var (answer, failure) = await OnceAsync(call, bytes, cancel).ConfigureAwait(false);
            if (failure is null) return answer!;
            if (otherwise?.Invoke(failure.Kind) is (true, var other)) return other;
            // A server that has never answered is probably not there at all: people should hear of it soon.
            var patience = failure.Kind switch
            {
                FailureKind.Throttled => PatienceWhenSlowed,
                FailureKind.Unsure => _answered || tries == 1 ? Patience : TimeSpan.Zero,
                _ => TimeSpan.Zero,
            };
            if (time.GetElapsedTime(start) >= patience) throw failure.Error;
            await PauseAsync(tries, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request once, or a second time with other credentials if it was refused for those it had.</summary>
    public async ValueTask<(T? Answer, S3Failure? Failure)> OnceAsync<T>(Func<AmazonS3Client, SilenceLimit, Task<T>> call, long bytes, CancellationToken cancel)
    {
        var (answer, failure) = await SendAsync(call, bytes, cancel).ConfigureAwait(false);
        if (failure?.Kind != FailureKind.Credentials || !await connection.RenewCredentialsAsync(cancel).ConfigureAwait(false)) return (answer, failure);
        return await SendAsync(call, bytes, cancel).ConfigureAwait(false);
    }

    /// <summary>Doubles with every try; half more or less, so that clients that failed together do not come back together.</summary>
    private Task PauseAsync(int tries, CancellationToken cancel)
    {
        var ticks = Math.Min(FirstPause.Ticks * Math.Pow(2, tries - 1), LongestPause.Ticks);
        return Task.Delay(TimeSpan.FromTicks((long)(ticks * (0.5 + Random.Shared.NextDouble()))), time, cancel);
    }

    private async ValueTask<(T? Answer, S3Failure? Failure)> SendAsync<T>(Func<AmazonS3Client, SilenceLimit, Task<T>> call, long bytes, CancellationToken cancel)
    {
        await _gate.EnterAsync(cancel).ConfigureAwait(false);
        var slowDown = false;
        try
        {
            using var limit = new SilenceLimit(connection.Timeout, bytes, cancel);
            var answer = await call(connection.Client, limit).ConfigureAwait(false);
            _answered = true;
            return (answer, null);
        }
#pragma warning disable CA1031 // The SDK documents no list of what it throws; everything becomes an error that a person can act on.
        catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var failure = connection.Errors.Of(e);
            slowDown = failure.Kind == FailureKind.Throttled;
            _answered |= e is Amazon.Runtime.AmazonServiceException { StatusCode: not 0 };
            return (default, failure);
        }
        finally
        {
            _gate.Leave(slowDown);
        }
    }
}
