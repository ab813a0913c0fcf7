using System.Buffers;
using FlowGen.CompilerServices;

namespace FlowGen.Runs;

/// <summary>
/// A collection that stays in the store: its items are read when they are asked for, and not all are ever in memory. Who asks for one item gets its segment; who goes on is given more at a time.
/// Safe to use from several threads.
/// </summary>
#pragma warning disable CA1001 // A semaphore of which nobody asks for its handle has nothing to dispose of.
internal sealed class StoredItems
#pragma warning restore CA1001
{
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly ItemIndex _index;
    private readonly SegmentReader _reader;
    private readonly ItemAccess _items;
    private readonly IReadOnlyDictionary<Hash256, Blob>? _blobs;

    /// <summary>The last two: tasks run beside one another.</summary>
    private volatile Window _window = new(0, [], null);
    private int _ahead = 1;

    private StoredItems(StoredValue value, ItemIndex index, SegmentReader reader, ItemAccess items, IReadOnlyDictionary<Hash256, Blob>? blobs) =>
        (Value, _index, _reader, _items, _blobs) = (value, index, reader, items, blobs);

    /// <summary>The collection.</summary>
    public StoredValue Value { get; }

    /// <summary>Number of items.</summary>
    public int Count => _index.Count;

    /// <param name="artifacts">The store.</param>
    /// <param name="value">A value with an index.</param>
    /// <param name="items">Reads the items.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="FlowException">The index cannot be read; the message names its object.</exception>
    /// <exception cref="ArtifactFormatException">The first items are none of the type.</exception>
    public static async ValueTask<StoredItems> OpenAsync(ArtifactStore artifacts, StoredValue value, ItemAccess items, CancellationToken cancel)
    {
        var index = await artifacts.ReadItemIndexAsync(value, cancel);
        var blobs = value.References is { } references ? await artifacts.References.OpenAsync(references, cancel) : null;
        var opened = new StoredItems(value, index, artifacts.OpenSegments(value, index), items, blobs);
        // A type that has changed is noticed here, where the result can still be made again.
        await opened.FindAsync(0, cancel);
        return opened;
    }

    /// <summary>A part of the collection that has an item, and the item's position in it.</summary>
    /// <exception cref="FlowException">It is missing or damaged; the message names the object.</exception>
    /// <exception cref="ArtifactFormatException">The bytes are not items of the type.</exception>
    public async ValueTask<TakenItem> FindAsync(int item, CancellationToken cancel)
    {
        var segment = _index.SegmentOf(item);
        if (Held(segment) is { } held) return Taken(held);
        await _gate.WaitAsync(cancel);
        try
        {
            if (Held(segment) is { } meanwhile) return Taken(meanwhile);
            var last = _window;
            _ahead = segment == last.First + last.Parts.Length && segment > 0 ? _ahead * 2 : 1;
            var count = 1;
            while (count < _ahead && segment + count < _index.Segments && _index.OffsetOf(segment + count + 1) - _index.OffsetOf(segment) <= MostBytes) count++;
            _ahead = count;
            var bytes = await _reader.ReadAsync(segment, count, cancel);
            var parts = new object[count];
            for (var i = 0; i < count; i++) parts[i] = Decode(bytes, segment, segment + i);
            _window = new Window(segment, parts, last with { Before = null });
            return Taken(parts[0]);
        }
        finally
        {
            _gate.Release();
        }

        TakenItem Taken(object part) => new(this, part, item - _index.FirstOf(segment), item);
    }

    private object? Held(int segment)
    {
        for (var window = _window; window is not null; window = window.Before)
            if (segment >= window.First && segment < window.First + window.Parts.Length) return window.Parts[segment - window.First];
        return null;
    }

    private object Decode(ReadOnlyMemory<byte> bytes, int first, int segment)
    {
        var from = (int)(_index.OffsetOf(segment) - _index.OffsetOf(first));
        var part = new ReadOnlySequence<byte>(_index.ItemsOf(segment, bytes.Slice(from, (int)(_index.OffsetOf(segment + 1) - _index.OffsetOf(segment)))));
        return BlobsInValue.Read(content => _items.DecodePart(content, _index.Form, _index.FirstOf(segment + 1) - _index.FirstOf(segment)), part, _blobs)!;
    }

    private sealed record Window(int First, object[] Parts, Window? Before);
}

/// <summary>An item of a collection that stays in the store.</summary>
/// <param name="Source">The collection.</param>
/// <param name="Part">Some of its items, in memory, as a collection of their own.</param>
/// <param name="Position">The item's position among these.</param>
/// <param name="Item">The item's position in the collection.</param>
internal sealed record TakenItem(StoredItems Source, object Part, int Position, int Item);
