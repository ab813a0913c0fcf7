using FlowGen.CompilerServices;
using FlowGen.Engines;

[assembly: FlowPlugin(typeof(FlowGen.Slurm.SlurmPlugin))]

namespace FlowGen.Slurm;

/// <summary>Runs steps as jobs of Slurm. Generated code registers it in every program that references this package; nobody else needs it.</summary>
public sealed class SlurmPlugin : FlowPlugin
{
    internal override Engine? Engine { get; } = new SlurmEngine();
}
