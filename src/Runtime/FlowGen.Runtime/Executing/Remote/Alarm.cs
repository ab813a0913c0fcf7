namespace FlowGen.Executing.Remote;

/// <summary>Wakes one that waits for a time, or until somebody has something for it.</summary>
/// <param name="time">The clock.</param>
/// <param name="gather">How long after a ring it is waited for others: what rings rarely comes alone.</param>
internal sealed class Alarm(TimeProvider time, TimeSpan gather)
{
    private volatile TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring() => _rung.TrySetResult();

    /// <summary>Waits; nobody else does at the same time. What rang before it returns is there to be seen.</summary>
    /// <param name="pause">At most so long.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan pause, CancellationToken stop)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Task.Delay(pause, time, woken.Token), _rung.Task).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (!_rung.Task.IsCompleted) return;
        await Task.Delay(gather, time, stop).ConfigureAwait(false);
        _rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
