using System.Text;

namespace FlowGen.Executing.Logs;

/// <summary>
/// Stands in for <see cref="Console.Out"/> or <see cref="Console.Error"/> while flows run in this process: what the code of an attempt writes, on whatever thread it continues,
/// becomes that attempt's output; everything else goes where it went before. Only <see cref="Console"/> is captured, not native code.
/// </summary>
internal sealed class ConsoleCapture : TextWriter
{
    private static readonly Lock s_lock = new();
    private static int s_users;
    private static TextWriter? s_out, s_error;

    private readonly TextWriter _original;
    private readonly bool _isError;

    private ConsoleCapture(TextWriter original, bool isError) : base(original.FormatProvider) => (_original, _isError) = (original, isError);

    public override Encoding Encoding => _original.Encoding;

    /// <summary>Captures until disposed; several runs may capture at the same time.</summary>
    public static IDisposable Start()
    {
        lock (s_lock)
        {
            if (s_users++ == 0)
            {
                (s_out, s_error) = (Console.Out, Console.Error);
                Console.SetOut(new ConsoleCapture(s_out, isError: false));
                Console.SetError(new ConsoleCapture(s_error, isError: true));
            }
        }

        return new Use();
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (!SerialObserver.IsCalling && CurrentStep.Context?.Captured is { } output) output.Write(buffer, _isError);
        else _original.Write(buffer);
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush() => _original.Flush();

    private sealed class Use : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            lock (s_lock)
            {
                if (_disposed) return;
                _disposed = true;
                if (--s_users > 0) return;
                Console.SetOut(s_out!);
                Console.SetError(s_error!);
            }
        }
    }
}
