using System.Buffers;
using System.Text;
using FlowGen.Executing.Secrets;

namespace FlowGen.Executing.Logs;

/// <summary>
/// What one attempt wrote to the console and its logger: whole lines, each as <c>2026-01-31T12:34:56.789Z text</c> in UTF-8, at most 1 MiB; what is beyond is neither kept nor shown.
/// Closed when the attempt's outcome is decided: later lines, of code that was given up, are dropped (M5).
/// </summary>
internal sealed class AttemptOutput(TimeProvider time, Action<string> echo, SecretMask? mask = null)
{
    public const int Limit = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly StringBuilder _out = new(), _error = new();
    private ArrayBufferWriter<byte> _pending = new();
    private long _size;
    private bool _cut, _closed;

    /// <summary>Writes text that may hold any part of a line or several.</summary>
    public void Write(ReadOnlySpan<char> text, bool isError)
    {
        List<string>? lines = null;
        lock (_lock)
        {
            if (_closed) return;
            var partial = isError ? _error : _out;
            for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n'))
            {
                partial.Append(text[..end]);
                if (partial.Length > 0 && partial[^1] == '\r') partial.Length--;
                Keep(partial.ToString(), ref lines);
                partial.Clear();
                text = text[(end + 1)..];
            }

            // A line without an end must not grow without limit.
            if (partial.Length + text.Length > Limit) text = text[..Math.Max(0, Limit - partial.Length)];
            partial.Append(text);
        }

        Echo(lines);
    }

    /// <summary>Writes whole lines that are not part of what the console gets.</summary>
    public void WriteLines(string text)
    {
        List<string>? lines = null;
        lock (_lock)
        {
            if (_closed) return;
            foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')) Keep(line, ref lines);
        }

        Echo(lines);
    }

    /// <summary>Lines that nobody has taken yet; with <paramref name="close"/> also unfinished ones, and no more come.</summary>
    public ReadOnlyMemory<byte> Take(bool close)
    {
        List<string>? lines = null;
        ReadOnlyMemory<byte> taken;
        lock (_lock)
        {
            if (close && !_closed)
            {
                if (_out.Length > 0) Keep(_out.ToString(), ref lines);
                if (_error.Length > 0) Keep(_error.ToString(), ref lines);
                _closed = true;
            }

            taken = _pending.WrittenMemory;
            if (taken.Length > 0) _pending = new ArrayBufferWriter<byte>();
        }

        Echo(lines);
        return taken;
    }

    private void Keep(string line, ref List<string>? lines)
    {
        if (_cut) return;
        line = mask?.Hide(line) ?? line;
        var size = Encoding.UTF8.GetByteCount(line) + 26;
        _cut = _size + size > Limit;
        if (_cut) line = "(FlowGen) The log of this attempt was cut here: only the first MiB is kept.";
        _size += size;
        (lines ??= []).Add(line);
        Span<char> stamp = stackalloc char[25];
        time.GetUtcNow().UtcDateTime.TryFormat(stamp, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z '", System.Globalization.CultureInfo.InvariantCulture);
        Encoding.UTF8.GetBytes(stamp[..length], _pending);
        Encoding.UTF8.GetBytes(line, _pending);
        _pending.Write("\n"u8);
    }

    private void Echo(List<string>? lines)
    {
        foreach (var line in lines ?? []) echo(line);
    }
}
