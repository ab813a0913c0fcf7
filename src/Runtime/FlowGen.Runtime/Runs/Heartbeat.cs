using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Beats for a driver (H1): not in its first second, then every 15 s. A beat that fails is left out; the next one comes.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly IObjectStore _objects;
    private readonly RunKey _run;
    private readonly ITimer _timer;
    private Beat _beat;
    private int _busy, _stopped;

    public Heartbeat(IObjectStore objects, RunKey run, int epoch, int generation, DriverProcess driver, TimeProvider time, TimeSpan first)
    {
        (_objects, _run, _beat) = (objects, run, new Beat(epoch, 0, generation, driver));
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
            _beat = _beat with { Counter = _beat.Counter + 1 };
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
