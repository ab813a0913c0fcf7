namespace FlowGen.Runs;

/// <summary>The driver merges its log as it goes, beside its work (H8). It is nobody's error if that fails: readers then read slots.</summary>
internal sealed class DriverMerging(LogMerger merger, TaskScheduler scheduler) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HeldSlots _short = new(MergePlan.Short), _long = new(MergePlan.Long);
    private Task _work = Task.CompletedTask;

    /// <summary>A slot is durable. One call at a time, slot after slot.</summary>
    public void Add(int number, byte[] content)
    {
        var (few, many, slots, before) = (_short.Add(number, content), _long.Add(number, content), number + 1, _work);
        if (slots % MergePlan.Short == 0) _work = Task.Factory.StartNew(() => MergeAsync(before, slots, few, many), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
    }

    /// <summary>Gives up what is not merged yet.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_work.IsCompleted) await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task MergeAsync(Task before, int slots, ReadOnlyMemory<byte>[]? few, ReadOnlyMemory<byte>[]? many)
    {
        await before;
        try
        {
            foreach (var span in MergePlan.Spans.ToArray())
            {
                if (slots % span != 0) return;
                var held = span == MergePlan.Short ? few : span == MergePlan.Long ? many : null;
                if (held is not null) await merger.PutAsync(span, slots - span, held, _stop.Token);
                // Few slots of very many bytes are not worth a listing; slot 0 was put before anybody merged.
                else if (span != MergePlan.Short || slots == span) await merger.MergeAsync(span, slots / span - 1, _stop.Token);
            }
        }
        catch (Exception e) when (e is FlowException or OperationCanceledException)
        {
            // gc does it, or nobody: what is merged only spares reads.
        }
    }
}
