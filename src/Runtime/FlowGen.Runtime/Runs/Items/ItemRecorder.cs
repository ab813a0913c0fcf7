using System.Security.Cryptography;
using FlowGen.CompilerServices;

namespace FlowGen.Runs;

/// <summary>Makes the index of a collection while that is written.</summary>
internal sealed class ItemRecorder(ValueWriter content) : ItemMarks, IDisposable
{
    private readonly List<(int Items, long Bytes, Hash256 Hash)> _segments = [];
    private IncrementalHash? _hash;
    private ItemForm _form;
    private long _cut;
    private int _header, _items;
    private bool _isTooLong;

    protected override bool IsAtStart => content.Length == 0;

    /// <summary>The index; <c>null</c> of what is no collection, or short, or has too long items.</summary>
    public ItemIndex? Complete()
    {
        if (_hash is null || content.Length < ItemIndex.LeastBytes) return null;
        if (_items > 0) Cut();
        return _isTooLong || _segments.Count < 2 || _cut != content.Length ? null : ItemIndex.Of(_form, _header, _segments);
    }

    public void Dispose()
    {
        content.Watch(null);
        _hash?.Dispose();
    }

    protected override void Begin(ItemForm form)
    {
        _form = form;
        _header = (int)content.Length;
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content.Watch(_hash);
    }

    protected override void Add(int count)
    {
        _items += count;
        if (content.Length - _cut >= ItemIndex.SegmentBytes) Cut();
    }

    private void Cut()
    {
        content.Feed();
        Span<byte> hash = stackalloc byte[Hash256.Size];
        _hash!.GetHashAndReset(hash);
        var length = content.Length - _cut;
        _isTooLong |= length > ItemIndex.MostSegmentBytes;
        _segments.Add((_items, length, new Hash256(hash)));
        (_items, _cut) = (0, content.Length);
    }
}
