using System.Collections.Immutable;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace FlowGen.Engines;

/// <summary>A kind of cluster that a program knows, by the package that it references.</summary>
internal abstract class Engine
{
    /// <summary>As people write it: <c>slurm</c>.</summary>
    public abstract string Name { get; }

    /// <summary>All that can be set for it.</summary>
    public abstract ImmutableArray<EngineSetting> Settings { get; }

    /// <summary>Whether its machines start an image, and not a file that they all see.</summary>
    public abstract bool StartsImages { get; }

    /// <summary>Opens the engine. Nothing is asked of it yet.</summary>
    /// <exception cref="FlowException">FG13xx: a setting makes no sense.</exception>
    public abstract IJobEngine Open(EngineSettings settings, TimeProvider time);

    /// <summary>Opens what the engine starts by the clock; <c>null</c> if it watches none. Nothing is asked of it yet.</summary>
    /// <exception cref="FlowException">FG13xx: a setting makes no sense.</exception>
    public virtual ISchedules? OpenSchedules(EngineSettings settings, TimeProvider time) => null;

    /// <summary>Whether it starts jobs when it is asked to. One that does not takes a manifest, by which it starts runs itself.</summary>
    public virtual bool StartsJobs => true;

    /// <summary>What the engine needs to start runs of a flow by itself; <c>null</c> if it takes nothing of that kind.</summary>
    /// <exception cref="FlowException">FG13xx: the flow cannot be run in that way, or a setting makes no sense.</exception>
    public virtual string? Manifest(ManifestRequest request) => null;

    /// <summary>What jobs do that only this engine has: <c>worker NAME ...</c>.</summary>
    /// <param name="flows">The flows of the program.</param>
    /// <param name="args">The arguments after the name of the engine.</param>
    /// <param name="environment">The world.</param>
    public virtual Task<int> WorkAsync(IReadOnlyList<FlowDefinition> flows, IReadOnlyList<string> args, CommandEnvironment environment) => throw new UsageException("FG1001", $"Jobs of {Name} have no such work.");

    /// <summary>What the driver must be allowed to do, as a text that the cluster's own tool takes; <c>null</c> if the engine has no such thing.</summary>
    public virtual string? Permissions(EngineSettings settings) => null;
}
