using FlowGen.CompilerServices;
using FlowGen.Engines;

[assembly: FlowPlugin(typeof(Engines.Processes.ProcessesPlugin))]

namespace Engines.Processes;

/// <summary>Brings the engine <c>processes</c> into the programs that reference it.</summary>
public sealed class ProcessesPlugin : FlowPlugin
{
    internal override Engine? Engine { get; } = new ProcessesEngine();
}
