using System.Collections.Immutable;
using FlowGen.Executing.Logs;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Remote;

/// <summary>
/// Writes down what happens in a worker, in numbered segments under a random id of this process (C2): a second after something happened, at once when there is much, and at the end. Lines of an attempt
/// come before its outcome.
/// </summary>
internal sealed class ProposalWriter : IAsyncDisposable
{
    /// <summary>How long something may be known here only (H5).</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A segment must fit into an object, and what it says into a slot of the log.</summary>
    private const int MostEvents = 2000, MostBytes = 1024 * 1024;

    private readonly IObjectStore _objects;
    private readonly ArtifactStore _artifacts;
    private readonly RunKey _run;
    private readonly string _slice;
    private readonly TimeProvider _time;
    private readonly Guid _worker = Guid.NewGuid();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Dictionary<int, AttemptOutput> _outputs = [];
    private readonly Dictionary<int, ProposedProgress> _progress = [];
    private readonly Task _loop;
    private List<ProposedEvent> _events = [];
    private List<TaskCompletionSource> _waiters = [];
    private long _bytes;
    private int _next;
    private bool _closing;

    public ProposalWriter(IObjectStore objects, ArtifactStore artifacts, RunKey run, string slice, TimeProvider time)
    {
        (_objects, _artifacts, _run, _slice, _time) = (objects, artifacts, run, slice, time);
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Ends when nothing can be written any more; its exception says why.</summary>
    public Task Ended => _loop;

    public void Start(int task, AttemptOutput output, DateTimeOffset at)
    {
        lock (_lock)
        {
            _outputs[task] = output;
            _events.Add(new ProposedStart(task, at));
        }
    }

    public void Progress(int task, double fraction, string? message)
    {
        lock (_lock) _progress[task] = new ProposedProgress(task, fraction, message);
    }

    /// <summary>An attempt is over; no more of its lines are taken.</summary>
    public void End(int task, ProposedEvent outcome)
    {
        lock (_lock)
        {
            _progress.Remove(task);
            if (_outputs.Remove(task, out var output)) AddLines([(task, output)], close: true);
            _events.Add(outcome);
            if (outcome is ProposedSuccess success) foreach (var value in success.Outputs) _bytes += value.Bytes?.Length ?? 64;
            if (_bytes > MostBytes || _events.Count > MostEvents) _wake.Release();
        }
    }

    /// <summary>Writes what has been said so far.</summary>
    public Task WrittenAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiters.Add(written);
        _wake.Release();
        // Or nothing is ever written again, which whoever watches the writer hears.
        return Task.WhenAny(written.Task, _loop);
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock) _closing = true;
        _wake.Release();
        await _loop.ConfigureAwait(false);
        _wake.Dispose();
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            await _wake.WaitAsync(Interval).ConfigureAwait(false);
            bool isLast;
            ImmutableArray<ProposedEvent> events;
            List<TaskCompletionSource> waiters;
            lock (_lock)
            {
                isLast = _closing;
                AddLines([.. _outputs.Select(output => (output.Key, output.Value))], close: isLast);
                _events.AddRange(_progress.Values);
                _progress.Clear();
                events = [.. _events];
                (_events, _bytes) = ([], 0);
                (waiters, _waiters) = (_waiters, []);
            }

            foreach (var part in events.Chunk(MostEvents))
            {
                var proposal = new Proposal(_slice, _next, _worker, Environment.MachineName, [.. part]);
                await new StoreRetry(_time, StoreRetry.DefaultTimeout).RunAsync(async () =>
                {
                    await ProposalCodec.PutAsync(_objects, _artifacts, _run, proposal, CancellationToken.None).ConfigureAwait(false);
                    return true;
                }, CancellationToken.None).ConfigureAwait(false);
                _next++;
            }

            foreach (var waiter in waiters) waiter.SetResult();
            if (isLast) return;
        }
    }

    private void AddLines(IReadOnlyCollection<(int Task, AttemptOutput Output)> outputs, bool close)
    {
        var pack = new MemoryStream();
        var segments = ImmutableArray.CreateBuilder<(int, int, int)>();
        foreach (var (task, output) in outputs)
        {
            if (output.Take(close) is not { Length: > 0 } lines) continue;
            if (pack.Length > 0 && pack.Length + lines.Length > StoredValue.PackLimit) Put();
            segments.Add((task, (int)pack.Length, lines.Length));
            pack.Write(lines.Span);
        }

        if (pack.Length > 0) Put();

        void Put()
        {
            _events.Add(new ProposedLogs(StoredValue.Of(pack.ToArray()), segments.DrainToImmutable()));
            _bytes += pack.Length;
            pack.SetLength(0);
        }
    }
}
