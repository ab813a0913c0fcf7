using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing;

/// <summary>All that is needed to run a flow: what the command line and the typed client hand to the flow runner.</summary>
internal sealed record RunRequest
{
    public required FlowDefinition Flow { get; init; }
    public required IObjectStore Store { get; init; }

    /// <summary>One checked value per parameter, by position. Ignored by a resume, which takes them from its origin.</summary>
    public object?[] Parameters { get; init; } = [];

    /// <summary>Of a resume, checked values of the parameters that are no longer those of its origin, by name.</summary>
    public IReadOnlyDictionary<string, object?> Changes { get; init; } = new Dictionary<string, object?>();

    /// <summary>Of a resume, names of the steps that run again with all that depends on them, whatever is unchanged.</summary>
    public ImmutableArray<string> From { get; init; } = [];

    /// <summary>Share results of all steps with other runs, and not only of those with <see cref="CacheAttribute"/>.</summary>
    public bool CacheAll { get; init; }

    /// <summary>Find out what a resume would do: no step is called.</summary>
    public bool IsPlan { get; init; }

    /// <summary>The run to resume, or <c>null</c> for a new one.</summary>
    public RunKey? Resume { get; init; }

    /// <summary>The schedule that starts the run; <c>null</c> if somebody does.</summary>
    public string? Schedule { get; init; }

    /// <summary>The run to register, if that is decided; <c>null</c> for any new one.</summary>
    public RunKey? Key { get; init; }

    /// <summary>Resume although the origin's driver seems alive.</summary>
    public bool Fork { get; init; }

    /// <summary>Where the secrets of a run that is resumed are read again.</summary>
    public SecretSources Secrets { get; init; } = SecretSources.OfProcess();

    /// <summary>Services for the steps; <c>null</c> for none.</summary>
    public IServiceProvider? Services { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The branch of the flow's project, or <c>null</c> for that of the run that is resumed, else of the user.</summary>
    public string? Branch { get; init; }

    /// <summary>Tasks at the same time; 0 for one per core.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Cores that attempts with <see cref="ResourcesAttribute"/> may use together; 0 for all of the machine.</summary>
    public double Cpus { get; init; }

    /// <summary>Bytes of memory that they may use together; 0 for all of the machine.</summary>
    public long Memory { get; init; }

    /// <summary>Opens the engine that steps are sent to; <c>null</c> if they run here, or the run that is continued says so.</summary>
    public Func<RunSubmitted?, RemoteOptions?>? Remote { get; init; }

    /// <summary>Policies that are not those of the flow.</summary>
    public ImmutableArray<PolicyOverride> Overrides { get; init; } = [];

    /// <summary>Start nothing new after the first failure.</summary>
    public bool FailFast { get; init; }

    /// <summary>How long running steps get to stop after a cancellation.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the store may be out of reach before the driver gives up (H11); <c>null</c> for an hour.</summary>
    public TimeSpan? StoreTimeout { get; init; }

    /// <summary>Options of the run's log.</summary>
    internal RunLogOptions LogOptions => RunLogOptions.Default with { StoreTimeout = StoreTimeout ?? StoreRetry.DefaultTimeout };

    /// <summary>The project's directory, for relative input files and the git commit; <c>null</c> if unknown.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>Whether the run is kept. One that is not need not know which code and which commit made it.</summary>
    public bool IsKept { get; init; } = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
