using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What is known of a run when it starts. Written once, in slot 0.</summary>
internal sealed record RunManifest
{
    public required RunKey Run { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required string User { get; init; }
    public required string Host { get; init; }

    /// <summary>What slot 0 says are those that the run started with; who reads a run sees those that it carries now.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The run this one resumes, if any, and the first of that chain (for idempotency keys).</summary>
    public RunKey? Origin { get; init; }
    public RunKey? FirstOrigin { get; init; }

    /// <summary>Newest gc generation the run has read when it registered (C5).</summary>
    public int Generation { get; init; }

    public required GraphDescription Graph { get; init; }
    public ImmutableArray<RecordedParameter> Parameters { get; init; } = [];

    /// <summary>Policies that the run changed; those in the graph have the changes.</summary>
    public ImmutableArray<PolicyOverride> Overrides { get; init; } = [];

    /// <summary>Steps that run although earlier results may stand for theirs, as somebody asked for it.</summary>
    public ImmutableArray<string> Forced { get; init; } = [];

    /// <summary>SHA-256 of the program's main file: tells on resume whether the code changed.</summary>
    public string? ProgramHash { get; init; }
    public string? GitCommit { get; init; }
    public bool? GitDirty { get; init; }

    /// <summary>The source that the program was built from; <c>null</c> if it holds none.</summary>
    public SnapshotPlace? Snapshot { get; init; }

    /// <summary>Version of the SDK that built it; <c>null</c> if the build did not say.</summary>
    public string? Sdk { get; init; }
    public required string RuntimeVersion { get; init; }
    public required string FlowGenVersion { get; init; }

    /// <summary>Resolved packages, name to version, as the build recorded them.</summary>
    public ImmutableSortedDictionary<string, string> Packages { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A parameter's value as it was when the run started.</summary>
/// <param name="Name">Such as <c>testShare</c>.</param>
/// <param name="TypeName">As people see it.</param>
/// <param name="Value">Its canonical encoding.</param>
internal sealed record RecordedParameter(string Name, string TypeName, ReadOnlyMemory<byte> Value);
