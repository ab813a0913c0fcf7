namespace FlowGen.Runs;

/// <summary>Slots since the last cut of a span, in memory while they are few bytes, so that merging them reads nothing back.</summary>
internal sealed class HeldSlots(int span)
{
    private readonly List<ReadOnlyMemory<byte>> _slots = [];
    private long _bytes;

    /// <summary>Takes the next slot.</summary>
    /// <returns>At a cut, all slots since the last one; <c>null</c> before it, and if they were too many bytes or did not all pass here.</returns>
    public ReadOnlyMemory<byte>[]? Add(int number, byte[] content)
    {
        if (number % span == 0) Forget();
        _bytes += content.Length;
        if (_bytes <= MergePlan.MaxBytes) _slots.Add(content);
        else _slots.Clear();
        if ((number + 1) % span != 0 || _slots.Count < span) return null;
        var held = _slots.ToArray();
        Forget();
        return held;
    }

    private void Forget()
    {
        _slots.Clear();
        _bytes = 0;
    }
}
