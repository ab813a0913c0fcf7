using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Fetches values that were left in their slots, in the order of an index: step by step, and within a step nearly as they were written. So a slot is read whole when a step first needs it, and the
/// last few stay; who comes back to one that is gone (a task that was retried for hours) gets its part only, unless very many do.
/// </summary>
internal sealed class SlotValues(IObjectStore objects, RunKey run)
{
    private const int Held = 8, ReturnsUntilWhole = 64;

    private readonly Dictionary<int, ReadOnlyMemory<byte>> _contents = [];
    private readonly Queue<int> _order = [];
    private readonly Dictionary<int, int> _returns = [];
    private int _step = -1;

    /// <summary>The same row with its values in memory.</summary>
    public async ValueTask<IndexRow> FetchAsync(IndexRow row, CancellationToken cancel)
    {
        if (row.Task.Outputs.IsDefaultOrEmpty || !row.Task.Outputs.Any(static output => IsLeft(output))) return row;
        if (row.Address.Step != _step)
        {
            _step = row.Address.Step;
            _returns.Clear();
        }

        var outputs = row.Task.Outputs.ToArray();
        for (var i = 0; i < outputs.Length; i++) outputs[i] = await FetchAsync(outputs[i], cancel);
        return row with { Task = row.Task with { Outputs = ImmutableCollectionsMarshal.AsImmutableArray(outputs) } };
    }

    private static bool IsLeft(StoredValue value) => value.Slot is not null || value.Items?.Slot is not null || value.References is { } r && (r.List?.Slot is not null || !r.Known.IsDefault && r.Known.Any(static blob => blob.Slot is not null));

    private async ValueTask<StoredValue> FetchAsync(StoredValue value, CancellationToken cancel)
    {
        var fetched = value.Slot is null ? value : StoredValue.Of(value.Hash, await ReadAsync(value, cancel));
        if (value.Items is { } items && (items.Slot ?? value.Slot) is not null) fetched = fetched.Indexed(await FetchAsync(items, cancel));
        if (value.References is not { } references) return fetched;
        if (references.List is { } list) return fetched.Referring(new BlobReferences(default, await FetchAsync(list, cancel)));
        var blobs = new StoredValue[references.Known.Length];
        for (var i = 0; i < blobs.Length; i++) blobs[i] = await FetchAsync(references.Known[i], cancel);
        return fetched.Referring(new BlobReferences([.. blobs], null));
    }

    private async ValueTask<byte[]> ReadAsync(StoredValue value, CancellationToken cancel)
    {
        var (slot, size) = (value.Slot!.Number, (int)value.Size);
        var key = LogSlot.Key(run, slot);
        if (!_contents.TryGetValue(slot, out var content))
        {
            var returns = _returns[slot] = _returns.GetValueOrDefault(slot, -1) + 1;
            if (returns is > 0 and < ReturnsUntilWhole)
            {
                var part = await objects.GetRangeAsync(key, Envelope.HeaderSize + value.Offset, size, cancel) ?? throw StoreErrors.MissingObject(objects.Location, key);
                return Hash256.Of(part) == value.Hash ? part : throw StoreErrors.DamagedObject(objects.Location, key, $"the value at {value.Offset} is not what its hash says");
            }

            content = Envelope.Open(objects.Location, key, ObjectKind.Slot, await objects.GetAsync(key, cancel) ?? throw StoreErrors.MissingObject(objects.Location, key));
            _returns[slot] = 0;
            Keep(slot, content);
        }

        return content.Slice(value.Offset, size).ToArray();
    }

    private void Keep(int slot, ReadOnlyMemory<byte> content)
    {
        if (_order.Count == Held) _contents.Remove(_order.Dequeue());
        _order.Enqueue(slot);
        _contents.Add(slot, content);
    }
}
