using System.Buffers.Binary;
using System.Text;

namespace FlowGen.Executing.Isolation;

/// <summary>What driver and worker tell each other.</summary>
internal enum WorkerMessage : byte
{
    /// <summary>Driver: all that the attempt needs.</summary>
    Request,

    /// <summary>Driver: the attempt shall end.</summary>
    Cancel,

    /// <summary>Driver: the inputs are durable.</summary>
    Committed,

    /// <summary>Worker: how far the step is.</summary>
    Progress,

    /// <summary>Worker: the step waits for its inputs to be durable.</summary>
    AskCommitted,

    /// <summary>Worker: the outputs.</summary>
    Succeeded,

    /// <summary>Worker: what the step threw.</summary>
    Failed,
}

/// <summary>Messages over a pipe: length, kind, content. Both ends are the same program, so there are no versions.</summary>
internal sealed class WorkerChannel(Stream stream) : IDisposable
{
    private const int HeaderSize = 5;
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>Sends a message; nothing happens if the other end is gone, which its reader finds out.</summary>
    public async Task SendAsync(WorkerMessage kind, Action<BinaryWriter>? write = null)
    {
        using var content = new MemoryStream();
        content.SetLength(HeaderSize);
        content.Position = HeaderSize;
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true)) write?.Invoke(writer);
        var message = content.GetBuffer().AsMemory(0, (int)content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.Span, message.Length - HeaderSize);
        message.Span[4] = (byte)kind;
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(message).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; <c>null</c> if the other end is gone.</summary>
    public async Task<(WorkerMessage Kind, BinaryReader Content)?> ReceiveAsync()
    {
        try
        {
            var header = new byte[HeaderSize];
            await stream.ReadExactlyAsync(header).ConfigureAwait(false);
            return await ContentAsync(BinaryPrimitives.ReadInt32LittleEndian(header)).ConfigureAwait(false) is { } content ? ((WorkerMessage)header[4], new BinaryReader(content, Encoding.UTF8)) : null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Grows as bytes arrive, not by what is declared; <c>null</c> if it makes no sense: native code of a step wrote into the pipe.</summary>
    private async ValueTask<MemoryStream?> ContentAsync(int length)
    {
        if (length < 0) return null;
        var content = new MemoryStream();
        var buffer = new byte[Math.Min(length, 64 * 1024)];
        while (content.Length < length)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - content.Length));
            await stream.ReadExactlyAsync(part).ConfigureAwait(false);
            content.Write(part.Span);
        }

        content.Position = 0;
        return content;
    }

    public void Dispose()
    {
        stream.Dispose();
        _sending.Dispose();
    }
}
