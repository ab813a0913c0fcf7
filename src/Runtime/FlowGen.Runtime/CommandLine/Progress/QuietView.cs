using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>Shows nothing but what people must know.</summary>
internal sealed class QuietView(FlowDefinition flow, TextWriter error, TimeProvider time) : RunView(flow, time)
{
    public override void Notice(string text) => error.WriteLine("note: " + Printable.Line(text));
}
