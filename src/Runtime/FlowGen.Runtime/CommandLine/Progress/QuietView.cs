using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>Shows nothing but what people must know.</summary>
internal sealed class QuietView(FlowDefinition flow, TextWriter error, TimeProvider time) : RunView(flow, time)
{
    private readonly LineWriter _error = new(error);

    public override void Notice(string text) => _error.Write("note: " + Printable.Line(text));

    public override async ValueTask DisposeAsync()
    {
        await _error.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
