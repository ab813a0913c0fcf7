using System.Collections.Immutable;
using FlowGen.Engines;

namespace Engines.Processes;

/// <summary>Jobs are processes of this machine. All that is known of them is in a folder, so any process sees them.</summary>
internal sealed class ProcessesEngine : Engine
{
    public override string Name => "processes";

    public override ImmutableArray<EngineSetting> Settings { get; } = [new("folder", "Folder of the jobs.")];

    public override bool StartsImages => false;

    public override IJobEngine Open(EngineSettings settings, TimeProvider time) => new ProcessJobs(settings["folder"]!, settings.Program);
}
