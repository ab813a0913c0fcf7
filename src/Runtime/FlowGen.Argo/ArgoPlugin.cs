using FlowGen.CompilerServices;
using FlowGen.Engines;

[assembly: FlowPlugin(typeof(FlowGen.Argo.ArgoPlugin))]

namespace FlowGen.Argo;

/// <summary>Writes flows as workflows of Argo. Generated code registers it in every program that references this package; nobody else needs it.</summary>
public sealed class ArgoPlugin : FlowPlugin
{
    internal override Engine? Engine { get; } = new ArgoEngine();
}
