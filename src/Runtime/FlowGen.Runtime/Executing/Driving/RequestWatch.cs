using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Driving;

/// <summary>Hears what people ask of a run's driver: one look for the next request every few seconds, the first after a second, so that short runs make none.</summary>
internal sealed class RequestWatch : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Interval = TimeSpan.FromSeconds(5);

    private readonly ITimer _timer;
    private int _next, _busy;

    /// <param name="objects">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Stops the run.</param>
    public RequestWatch(IObjectStore objects, RunKey run, TimeProvider time, Action stop) => _timer = time.CreateTimer(async _ =>
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1) return;
        try
        {
            for (; await RunRequests.ReadAsync(objects, run, _next, CancellationToken.None).ConfigureAwait(false) is { } what; _next++)
                if (what == RunRequests.Cancel) stop();
        }
        catch (Exception e) when (e is FlowException or ObjectDisposedException)
        {
            // The log notices a store that does not work, and says so.
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }, null, First, Interval);

    public void Dispose() => _timer.Dispose();
}
