using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Engines;

/// <summary>A job: one start of the program on some machine of the engine.</summary>
internal sealed record JobRequest
{
    /// <summary>Unique in the engine, the same whenever this job is meant: made of the run, and of slice and attempt. Matches <c>[a-z0-9-]{1,52}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The run, as in <see cref="Runs.RunKey"/>; engines label the job with it.</summary>
    public required string Run { get; init; }

    /// <summary>The flow, for labels.</summary>
    public required string Flow { get; init; }

    /// <summary>The step, from the run's flow inwards: <c>fit</c>, or <c>prepare/clean</c> in a sub-flow; <c>null</c> of a driver.</summary>
    public string? Step { get; init; }

    /// <summary>Whether the job drives the run, and so is started again by the engine when it dies; all others never are.</summary>
    public bool IsDriver { get; init; }

    /// <summary>Arguments of the program. Short: what a job has to do is in the store.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>What the machine must have.</summary>
    public ResourceDefinition Resources { get; init; } = new();

    /// <summary>After which the engine ends the job; <c>null</c> for as long as it takes.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Environment variables that anybody may see.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Names of environment variables whose values are secrets. The engine takes each by a reference of its settings or, where it can hand it on unseen, from this process's own environment.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];
}
