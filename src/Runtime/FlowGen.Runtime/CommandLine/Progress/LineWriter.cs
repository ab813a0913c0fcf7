using System.Threading.Channels;

namespace FlowGen.CommandLine;

/// <summary>
/// Writes lines in order from a task of its own. Writing to a standard stream waits for its reader and, on Unix, for the lock of <see cref="Console.Out"/>, which a step may hold while it
/// tells its progress: whoever tells a view must wait for neither.
/// </summary>
internal sealed class LineWriter : IAsyncDisposable
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TextWriter _output;
    private readonly Task _writing;

    public LineWriter(TextWriter output)
    {
        _output = output;
        _writing = Task.Run(WriteAsync);
    }

    public void Write(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Returns when everything is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var lines = _lines.Reader;
        while (await lines.WaitToReadAsync().ConfigureAwait(false))
        {
            try
            {
                while (lines.TryRead(out var line)) _output.WriteLine(line);
                _output.Flush();
            }
            catch (FlowException e) when (e.Code == OutputStream.Unwritable)
            {
                // A run does not fail because nobody can read of it; what is written after it meets the same error, and says so.
            }
        }
    }
}
