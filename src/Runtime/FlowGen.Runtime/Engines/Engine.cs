using System.Collections.Immutable;

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

    /// <summary>What the driver must be allowed to do, as a text that the cluster's own tool takes; <c>null</c> if the engine has no such thing.</summary>
    public virtual string? Permissions(EngineSettings settings) => null;
}
