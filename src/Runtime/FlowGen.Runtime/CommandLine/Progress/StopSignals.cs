using System.Runtime.InteropServices;

namespace FlowGen.CommandLine;

/// <summary>
/// Ctrl-C and its kin while a run is going: the first asks it to stop, the second ends it at once, the third ends the process. To a driver that goes on with a run SIGTERM says something else: that
/// this process must go, and not the run (C7).
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _release = new();
    private readonly bool _handsOver;
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public StopSignals(bool handsOver = false)
    {
        _handsOver = handsOver;
        _registrations = [.. ((ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).ToArray().Select(s => PosixSignalRegistration.Create(s, OnSignal))];
    }

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Abort => _abort.Token;

    /// <summary>Hands the run over.</summary>
    public CancellationToken Release => _release.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
        _abort.Dispose();
        _release.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        var count = Interlocked.Increment(ref _count);
        if (count > 2) return;
        context.Cancel = true;
        (count > 1 ? _abort : _handsOver && context.Signal == PosixSignal.SIGTERM ? _release : _stop).Cancel();
    }
}
