namespace FlowGen.S3;

/// <summary>
/// How many requests are under way at the same time. A server that asks to be slower (503 SlowDown) halves the limit, at most once a second; every full round of answers
/// raises it by one again. So a store's load follows what its server takes, as TCP's follows the network's (additive increase, multiplicative decrease).
/// </summary>
internal sealed class RequestGate(int most, TimeProvider time)
{
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private double _limit = most;
    private int _running;
    private long? _slowed;

    public int Limit
    {
        get { lock (_lock) return (int)_limit; }
    }

    public ValueTask EnterAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_running < (int)_limit)
            {
                _running++;
                return default;
            }
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return new(WaitAsync(turn, cancel));
        }
    }

    /// <summary>A request has ended.</summary>
    /// <param name="slowDown">Whether the server asked for fewer.</param>
    public void Leave(bool slowDown)
    {
        lock (_lock)
        {
            _running--;
            if (!slowDown) _limit = Math.Min(most, _limit + 1 / _limit);
            else if (_slowed is not { } last || time.GetElapsedTime(last) >= Reaction)
            {
                _limit = Math.Max(1, _limit / 2);
                _slowed = time.GetTimestamp();
            }
            while (_running < (int)_limit && _waiting.TryDequeue(out var turn))
                if (turn.TrySetResult()) _running++;
        }
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancel)
    {
        await using (cancel.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn).ConfigureAwait(false))
            await turn.Task.ConfigureAwait(false);
    }
}
