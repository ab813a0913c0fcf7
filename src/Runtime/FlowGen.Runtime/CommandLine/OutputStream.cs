namespace FlowGen.CommandLine;

/// <summary>A standard stream of the process. A reader that has gone is no error; anything else that keeps it from being written is the user's to solve, and said in one line.</summary>
/// <param name="inner">What is written to.</param>
/// <param name="closed">Why nothing can be written, if the process was started without the stream.</param>
internal sealed class OutputStream(Stream inner, Exception? closed = null) : Stream
{
    public const string Unwritable = "FG1011";

    /// <summary>Opens a stream that may not be there. At once: later its number may be that of a file.</summary>
    public static OutputStream Open(Func<Stream> open)
    {
        try
        {
            return new(open());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(Null, e);
        }
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (closed is not null) throw Failure(closed);
        try
        {
            inner.Write(buffer);
            inner.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static FlowException Failure(Exception e) =>
        new(Unwritable, $"The output cannot be written: {e.Message.TrimEnd('.')}. Runs and their results do not depend on it: 'status' shows them.", ExitCodes.RunFailed, e);
}
