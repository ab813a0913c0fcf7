using FlowGen.Engines;

namespace FlowGen.Executing.Remote;

/// <summary>What a driver does that goes only as far as nothing has to be waited for (<see cref="DriverTurn"/>).</summary>
internal sealed partial class RemoteSteps
{
    /// <summary>Comes by all that has happened since the last turn; once nothing but other jobs could go on, sends what the turn may send and is over.</summary>
    private async Task TurnAsync(CancellationToken stop)
    {
        await ReadAsync(stop).ConfigureAwait(false);
        LiveSlice[] over;
        lock (_lock) over = [.. _live.Values.Where(slice => slice is { IsOver: true, Scope: not null })];
        foreach (var slice in over)
        {
            await _collector.ReadAsync(slice, isLast: true, stop).ConfigureAwait(false);
            End(slice, slice.IsSettled ? new JobReport(JobPhase.Succeeded) : DriverTurn.Lost(slice.Scope!.Flow.Steps[slice.Tasks[0].Task.Step]));
        }

        if (_isStopping || _crew!.IsDraining) GiveUp(andLive: _isStopping);
        if (_isStopping || !IsQuiet()) return;
        await SendAsync(stop).ConfigureAwait(false);
        Turn!.End(_crew!.NextDue);
        _crew.HandOver("This turn of the driver is over.");
    }

    /// <summary>Nobody waits for what was not sent and, if the run is stopped, for what runs elsewhere.</summary>
    private void GiveUp(bool andLive)
    {
        lock (_lock)
        {
            foreach (var sent in _waiting) sent.Settle(null);
            _waiting.Clear();
            if (!andLive) return;
            foreach (var slice in _live.Values)
                for (var position = 0; position < slice.Tasks.Length; position++) slice.At(position)?.Settle(null);
            _live.Clear();
        }
    }

    /// <summary>Whether everything that can happen in this process has: each attempt waits to be sent, or for a job.</summary>
    private bool IsQuiet()
    {
        lock (_crew!.Lock)
        {
            lock (_lock)
                return !_live.Values.Any(slice => slice is { IsOver: true, Scope: not null }) && _crew.IsQuiet(_waiting.Count + _live.Values.Sum(slice => slice.Awaited)) && !(_crew.NextDue < DriverTurn.Patience);
        }
    }
}
