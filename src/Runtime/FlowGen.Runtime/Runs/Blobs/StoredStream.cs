using FlowGen.Executing;

namespace FlowGen.Runs;

/// <summary>A stored value as a stream that seeks. Nothing is read before the first byte is asked for, and then one chunk at a time, checked against its hash.</summary>
internal sealed class StoredStream(ArtifactStore store, StoredValue value) : Stream
{
    private ChunkWindow<(byte[] Buffer, ReadOnlyMemory<byte> Content)>? _chunks;
    private ReadOnlyMemory<byte> _block;
    private long _blockStart;
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => value.Size;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        if (!IsInBlock) await LoadAsync(cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        if (!IsInBlock) LoadAsync(CancellationToken.None).GetAwaiter().GetResult();
        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _block = default;
        _chunks?.Clear();
        base.Dispose(disposing);
    }

    private bool IsInBlock => _position >= _blockStart && _position - _blockStart < _block.Length;

    private int Take(Span<byte> buffer)
    {
        var part = _block.Span[(int)(_position - _blockStart)..];
        var count = Math.Min(part.Length, buffer.Length);
        part[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        try
        {
            if (value.Size <= ChunkList.ChunkSize)
            {
                _block = (await store.ReadAsync(value, cancel).ConfigureAwait(false)).First;
                return;
            }

            _chunks ??= await store.OpenChunksAsync(value, cancel).ConfigureAwait(false);
            var chunk = (int)(_position / ChunkList.ChunkSize);
            _block = default; // its buffer is given back now
            _block = (await _chunks.LoadAsync(chunk).WaitAsync(cancel).ConfigureAwait(false)).Content;
            _blockStart = (long)chunk * ChunkList.ChunkSize;
        }
        catch (FlowException e) when (CurrentStep.Note(e))
        {
            throw;
        }
    }
}
