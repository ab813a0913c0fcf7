namespace FlowGen.Runs;

/// <summary>
/// The driver merges its log as it goes, beside its work (H8). It is nobody's error if that fails: readers then read slots. Slots stay in memory up to the next cut while they are few bytes, so that
/// they need not be read back.
/// </summary>
internal sealed class DriverMerging(LogMerger merger, TaskScheduler scheduler) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ReadOnlyMemory<byte>> _slots = [];
    private long _bytes;
    private Task _work = Task.CompletedTask;

    /// <summary>A slot is durable. One call at a time, slot after slot.</summary>
    public void Add(int number, byte[] content)
    {
        if (number % MergePlan.Fan == 0) Forget();
        _bytes += content.Length;
        if (_bytes <= MergePlan.MaxBytes) _slots.Add(content);
        else _slots.Clear();
        if ((number + 1) % MergePlan.Fan != 0) return;
        var held = _slots.Count == MergePlan.Fan ? _slots.ToArray() : null;
        Forget();
        var before = _work;
        _work = Task.Factory.StartNew(() => MergeAsync(before, (number + 1) / MergePlan.Fan, held), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
    }

    /// <summary>Gives up what is not merged yet.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_work.IsCompleted) await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task MergeAsync(Task before, int groups, ReadOnlyMemory<byte>[]? held)
    {
        await before;
        try
        {
            var first = (groups - 1) * MergePlan.Fan;
            if (held is null) await merger.MergeAsync(1, groups - 1, _stop.Token);
            else await merger.PutAsync(new MergedRange(1, first, first + MergePlan.Fan - 1), held, _stop.Token);
            if (groups % MergePlan.Fan == 0) await merger.MergeAsync(2, groups / MergePlan.Fan - 1, _stop.Token);
        }
        catch (Exception e) when (e is FlowException or OperationCanceledException)
        {
            // gc does it, or nobody: what is merged only spares reads.
        }
    }

    private void Forget()
    {
        _slots.Clear();
        _bytes = 0;
    }
}
