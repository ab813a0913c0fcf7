using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Beats for a driver (H1): not in its first second, then every 15 s (four times in the limit). A beat that fails is left out; the next one comes.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly IObjectStore _objects;
    private readonly RunKey _run;
    private readonly ITimer _timer;
    private readonly Func<ValueTask<int>> _advance;
    private Beat _beat;
    private int _busy, _stopped;

    /// <param name="objects">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="epoch">Which of its drivers beats.</param>
    /// <param name="advance">Moves to a later generation if that can be, and tells which is declared.</param>
    /// <param name="driver">The process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="first">When to begin.</param>
    public Heartbeat(IObjectStore objects, RunKey run, int epoch, Func<ValueTask<int>> advance, DriverProcess driver, TimeProvider time, TimeSpan first)
    {
        (_objects, _run, _advance, _beat) = (objects, run, advance, new Beat(epoch, 0, 0, driver));
        _timer = time.CreateTimer(static beat => _ = ((Heartbeat)beat!).BeatAsync(), this, first, Beat.Interval);
    }

    public void Dispose()
    {
        Volatile.Write(ref _stopped, 1);
        _timer.Dispose();
    }

    private async Task BeatAsync()
    {
        if (Volatile.Read(ref _stopped) == 1 || Interlocked.Exchange(ref _busy, 1) == 1) return;
        try
        {
            _beat = _beat with { Counter = _beat.Counter + 1, Generation = await _advance() };
            await _objects.PutAsync(Beat.Key(_run), _beat.Wrap());
        }
        catch (FlowException)
        {
            // The log notices a store that does not work, and says so.
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
