using System.Buffers;
using FlowGen.Executing;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Takes content as a stream and stores it while it is written. It grows to one chunk; full ones are handed to the upload, so content of any size needs a few chunks of memory.</summary>
internal sealed class BlobWriter(Func<BlobUpload> startUpload, Func<Hash256, ReadOnlyMemory<byte>, ValueTask> put, int generation) : Stream
{
    private const int FirstSize = 8 * 1024;

    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _used;
    private long _handedOver;
    private BlobUpload? _upload;
    private bool _isClosed;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => !_isClosed;
    public override long Length => _handedOver + _used;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (!HasRoom(buffer.Length)) await HandOverAsync().ConfigureAwait(false);
            buffer = buffer[Take(buffer.Span)..];
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (!HasRoom(buffer.Length)) HandOver();
            buffer = buffer[Take(buffer)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Reads a stream to its end, without a buffer in between.</summary>
    public async ValueTask CopyFromAsync(Stream content, CancellationToken cancel)
    {
        while (true)
        {
            // Whether a full chunk is the last one is known when there is another byte.
            var next = HasRoom(1) ? null : ChunkPool.Rent();
            var target = next?.AsMemory(0, Envelope.MaxContent) ?? _chunk.AsMemory(_used, Capacity - _used);
            var read = await content.ReadAsync(target, cancel).ConfigureAwait(false);
            if (read > 0 && next is not null) await HandOverAsync(next).ConfigureAwait(false);
            else if (next is not null) ChunkPool.Return(next);
            if (read == 0) return;
            _used += read;
        }
    }

    /// <summary>Stores what is left; nothing more can be written.</summary>
    /// <param name="room">Says whether little content may stay in memory; <c>null</c> if it must be stored.</param>
    public async ValueTask<StoredValue> CompleteAsync(BlobRoom? room)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        _isClosed = true;
        try
        {
            if (_upload is not null)
            {
                if (_used > 0) await HandOverAsync().ConfigureAwait(false);
                return await _upload.CompleteAsync().ConfigureAwait(false);
            }

            var hash = Hash256.Of(_chunk.AsSpan(0, _used));
            if (room?.TryKeep(_used) == true) return StoredValue.Of(hash, _chunk.AsSpan(0, _used).ToArray());
            await put(hash, _chunk.AsMemory(0, _used)).ConfigureAwait(false);
            return StoredValue.InBlob(hash, _used, generation);
        }
        catch (FlowException e) when (CurrentStep.Note(e))
        {
            throw;
        }
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The buffer is given back by whoever made the writer: the code that writes may close its stream before the content is complete.</summary>
    public void Release()
    {
        _isClosed = true;
        if (_chunk.Length == ChunkPool.Size) ChunkPool.Return(_chunk);
        else if (_chunk.Length > 0) ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = [];
    }

    private int Capacity => Math.Min(_chunk.Length, Envelope.MaxContent);

    /// <summary>A full chunk is kept until there is another byte: content of exactly 8 MiB is one object.</summary>
    private bool HasRoom(int wanted)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_used < Capacity) return true;
        if (_chunk.Length >= Envelope.MaxContent) return false;
        var size = Math.Min(Envelope.MaxContent, Math.Max(_chunk.Length * 4L, (long)_used + wanted));
        var larger = size > Envelope.MaxContent / 2 ? ChunkPool.Rent() : ArrayPool<byte>.Shared.Rent((int)size);
        _chunk.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = larger;
        return true;
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Capacity - _used);
        buffer[..count].CopyTo(_chunk.AsSpan(_used));
        _used += count;
        return count;
    }

    private async ValueTask HandOverAsync(byte[]? next = null)
    {
        try
        {
            await (_upload ??= startUpload()).AddAsync(_chunk, _used).ConfigureAwait(false);
        }
        catch (FlowException e) when (CurrentStep.Note(e))
        {
            throw;
        }
        finally
        {
            Begin(next);
        }
    }

    private void HandOver()
    {
        try
        {
            (_upload ??= startUpload()).Add(_chunk, _used);
        }
        catch (FlowException e) when (CurrentStep.Note(e))
        {
            throw;
        }
        finally
        {
            Begin(null);
        }
    }

    /// <summary>The upload owns the chunk now, whatever comes of it.</summary>
    private void Begin(byte[]? next) => (_handedOver, _chunk, _used) = (_handedOver + _used, next ?? (_isClosed ? [] : ChunkPool.Rent()), 0);
}
