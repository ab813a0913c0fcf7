using System.Buffers;

namespace FlowGen.Runs;

/// <summary>A stored value as a stream. Nothing is read before the first byte is asked for.</summary>
internal sealed class ContentStream(long length, Func<ReadOnlySequence<byte>> open) : Stream
{
    private readonly Lazy<ReadOnlySequence<byte>> _content = new(open);
    private SequencePosition? _at;
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            (_position, _at) = (value, null);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= length || buffer.IsEmpty) return 0;
        var content = _content.Value;
        var next = _at ?? content.GetPosition(_position);
        if (!content.TryGet(ref next, out var part, advance: false)) return 0;
        while (part.IsEmpty && content.TryGet(ref next, out part)) { }
        var count = Math.Min(part.Length, buffer.Length);
        part.Span[..count].CopyTo(buffer);
        _position += count;
        _at = content.GetPosition(count, next);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
