using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Remote;

/// <summary>Tells a worker that nobody drives its run any more (H4): it begins no further task then. What it has proposed stays acceptable.</summary>
internal sealed class OrphanWatch : IDisposable
{
    private readonly CancellationTokenSource _orphan = new();
    private readonly ITimer _timer;

    public OrphanWatch(IObjectStore objects, RunKey run, TimeSpan timeout, TimeSpan poll, TimeProvider time) => _timer = time.CreateTimer(async _ =>
    {
        try
        {
            if (await objects.AgeAsync(Beat.Key(run)).ConfigureAwait(false) > timeout) await _orphan.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is FlowException or ObjectDisposedException)
        {
            // A store that cannot be asked says nothing about the driver.
        }
    }, null, poll, poll);

    public CancellationToken Token => _orphan.Token;

    public void Dispose()
    {
        _timer.Dispose();
        _orphan.Dispose();
    }
}
