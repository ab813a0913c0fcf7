using System.Buffers;
using System.Security.Cryptography;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Takes the encoding of one value. It grows to one chunk; full ones are handed to the upload, so a value of any size needs a few chunks of memory.</summary>
/// <param name="startUpload">Called when the second chunk begins.</param>
internal sealed class ValueWriter(Func<BlobUpload> startUpload) : IBufferWriter<byte>, IDisposable
{
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(8 * 1024);
    private int _used;
    private byte[]? _full;
    private int _fullLength;
    private byte[]? _aside;
    private IncrementalHash? _watch;
    private int _watched;

    /// <summary>What was handed over, if the value is longer than one chunk.</summary>
    public BlobUpload? Upload { get; private set; }

    /// <summary>The bytes since the last chunk that was handed over.</summary>
    public ReadOnlyMemory<byte> Rest => _full is not null ? _full.AsMemory(0, _fullLength) : _chunk.AsMemory(0, _used);

    /// <summary>Bytes that were written.</summary>
    public long Length { get; private set; }

    /// <summary>Has all that is written hashed, when it is asked for, or no more. Not once a chunk is full.</summary>
    public void Watch(IncrementalHash? hash) => _watch = hash;

    /// <summary>Hashes what was written since the last time.</summary>
    public void Feed()
    {
        _watch!.AppendData(_chunk.AsSpan(_watched, _used - _watched));
        _watched = _used;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (Free < Math.Max(sizeHint, 1))
        {
            if (_chunk.Length < Envelope.MaxContent) Grow(sizeHint);
            else if (Free == 0) SetAside();
        }
        if (Free >= sizeHint) return _chunk.AsMemory(_used, Free);
        // A caller may ask for more than is left of a chunk: it gets other memory, which is then cut.
        return _aside = ArrayPool<byte>.Shared.Rent(sizeHint);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_full is not null && count > 0) HandOver();
        Length += count;
        if (_aside is not { } aside)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Free);
            _used += count;
            return;
        }
        _aside = null;
        for (var from = aside.AsSpan(0, count); from.Length > 0;)
        {
            if (Free == 0)
            {
                SetAside();
                HandOver();
            }
            var part = Math.Min(from.Length, Free);
            from[..part].CopyTo(_chunk.AsSpan(_used));
            _used += part;
            from = from[part..];
        }
        ArrayPool<byte>.Shared.Return(aside);
    }

    /// <summary>Hands over what is left.</summary>
    public BlobUpload Finish()
    {
        if (_full is null) SetAside();
        HandOver();
        return Upload!;
    }

    public void Dispose()
    {
        Give(_chunk);
        if (_full is not null) Give(_full);
        (_chunk, _full) = ([], null);
    }

    private int Free => Math.Min(_chunk.Length, Envelope.MaxContent) - _used;

    private void Grow(int sizeHint)
    {
        var wanted = Math.Min((long)Envelope.MaxContent, Math.Max(_chunk.Length * 4L, (long)_used + sizeHint));
        var larger = wanted > Envelope.MaxContent / 2 ? ChunkPool.Rent() : ArrayPool<byte>.Shared.Rent((int)wanted);
        _chunk.AsSpan(0, _used).CopyTo(larger);
        Give(_chunk);
        _chunk = larger;
    }

    /// <summary>A full chunk is kept until there is another byte: a value of exactly 8 MiB is one object.</summary>
    private void SetAside()
    {
        if (_watch is not null) Feed();
        (_full, _fullLength, _chunk, _used, _watched) = (_chunk, _used, ChunkPool.Rent(), 0, 0);
    }

    private void HandOver()
    {
        var (full, length) = (_full!, _fullLength);
        _full = null;
        (Upload ??= startUpload()).Add(full, length);
    }

    private static void Give(byte[] buffer)
    {
        if (buffer.Length == ChunkPool.Size) ChunkPool.Return(buffer);
        else if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }
}
