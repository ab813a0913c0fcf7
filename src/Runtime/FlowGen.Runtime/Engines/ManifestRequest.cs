using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Engines;

/// <summary>What an engine is asked to write a manifest for.</summary>
internal sealed record ManifestRequest
{
    /// <summary>The flow, with its policies as they were changed for this manifest.</summary>
    public required FlowDefinition Flow { get; init; }

    /// <summary>What is set for the engine.</summary>
    public required EngineSettings Settings { get; init; }

    /// <summary>Folder or URL of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Checked values of parameters that take the place of their defaults, by name.</summary>
    public required IReadOnlyDictionary<string, object?> Given { get; init; }

    /// <summary>How runs are started, as options: <c>--tag nightly --fail-fast</c>.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Jobs of a run at the same time; 0 if nobody said.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Says something beside the result.</summary>
    public required Action<string> Note { get; init; }
}
