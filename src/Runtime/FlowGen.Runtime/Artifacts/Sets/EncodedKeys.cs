using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>The encodings of many keys, and their order: byte by byte, a beginning before the whole. This order is what makes the encoding of unordered collections canonical.</summary>
internal sealed class EncodedKeys(int count) : IBufferWriter<byte>, IDisposable
{
    private readonly Entry[] _entries = ArrayPool<Entry>.Shared.Rent(count);
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(256, count));
    private int _used;
    private int _count;

    public ReadOnlySpan<byte> this[int position] => Bytes(_entries[position]);

    /// <summary>Which key, by order of <see cref="Add"/>, comes at a position.</summary>
    public int IndexAt(int position) => _entries[position].Index;

    /// <summary>Adds a key. All keys are written by the same writer, which writes to this object.</summary>
    public void Add<TKey, TCodec>(ref MessagePackWriter writer, TKey key) where TCodec : struct, ICodec<TKey>
    {
        var start = _used;
        TCodec.Write(ref writer, key);
        writer.Flush();
        _entries[_count] = new Entry(Prefix(_bytes.AsSpan(start, _used - start)), start, _used - start, _count);
        _count++;
    }

    /// <exception cref="ArtifactException">Two keys have the same encoding, so that one would be lost.</exception>
    public void Sort()
    {
        _entries.AsSpan(0, _count).Sort(Compare);
        for (var i = 1; i < _count; i++)
            if (Compare(_entries[i - 1], _entries[i]) == 0) throw new ArtifactException("two keys that differ for the collection have the same content, so that one would be lost; give their type value equality.");
    }

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = _used + (long)Math.Max(sizeHint, 256);
        if (needed > _bytes.Length)
        {
            if (needed > Array.MaxLength) throw new ArtifactException("the keys of one collection have at most 2 GiB; use several collections.");
            var bigger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
            _bytes.AsSpan(0, _used).CopyTo(bigger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = bigger;
        }

        return _bytes.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<Entry>.Shared.Return(_entries);
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    private int Compare(Entry a, Entry b) => a.Prefix != b.Prefix ? a.Prefix.CompareTo(b.Prefix) : Bytes(a).SequenceCompareTo(Bytes(b));

    private ReadOnlySpan<byte> Bytes(Entry entry) => _bytes.AsSpan(entry.Start, entry.Length);

    private static ulong Prefix(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(key);
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        key.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    private readonly record struct Entry(ulong Prefix, int Start, int Length, int Index);
}
