using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>The packs of one group: the values above 4 KiB of its records, put before the slot that refers to them. Nearly always one; a next one begins at 8 MiB.</summary>
internal sealed class GroupPacks
{
    private readonly List<(StoredValue Value, byte[] Bytes, int Pack, int Offset)> _values = [];
    private readonly Dictionary<StoredValue, int> _positions = [];
    private readonly List<int> _lengths = [];

    public long Length { get; private set; }

    public int Count => _lengths.Count;

    /// <summary>Takes a value in and tells where it will be.</summary>
    public (int Pack, int Offset) Add(StoredValue value, byte[] bytes)
    {
        if (_positions.TryGetValue(value, out var known)) return (_values[known].Pack, _values[known].Offset);
        if (_lengths.Count == 0 || _lengths[^1] + bytes.Length > Envelope.MaxContent) _lengths.Add(0);
        var (pack, offset) = (_lengths.Count - 1, _lengths[^1]);
        _lengths[^1] += bytes.Length;
        Length += bytes.Length;
        _positions.Add(value, _values.Count);
        _values.Add((value, bytes, pack, offset));
        return (pack, offset);
    }

    public byte[] Content(int pack)
    {
        var content = new byte[_lengths[pack]];
        foreach (var value in _values)
            if (value.Pack == pack) value.Bytes.CopyTo(content, value.Offset);
        return content;
    }

    /// <summary>The packs and their slot are durable.</summary>
    public void Release(Pack[] packs)
    {
        foreach (var value in _values) value.Value.MoveTo(packs[value.Pack], value.Offset);
    }
}
