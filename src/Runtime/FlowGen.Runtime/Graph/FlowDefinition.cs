using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>One flow as data: everything the runtime knows about it. Written by the generator, read by the scheduler, the command line and the run log.</summary>
/// <remarks>Parameters, artifacts, dimensions and steps refer to each other by their position in these arrays. Steps are in topological order.</remarks>
public sealed record FlowDefinition
{
    /// <summary>Command-line name: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the class in source, such as <c>ChurnFlow</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>First paragraph of the documentation comment, if any.</summary>
    public string? Description { get; init; }

    /// <summary>Parameters in order of declaration.</summary>
    public required ImmutableArray<ParameterDefinition> Parameters { get; init; }

    /// <summary>Artifacts, those of one step next to each other, in the order of its outputs.</summary>
    public required ImmutableArray<ArtifactDefinition> Artifacts { get; init; }

    /// <summary>Dimensions: the collections that some step iterates.</summary>
    public required ImmutableArray<DimensionDefinition> Dimensions { get; init; }

    /// <summary>Decisions: what some step's guard names.</summary>
    public ImmutableArray<DecisionDefinition> Decisions { get; init; } = [];

    /// <summary>Steps in topological order.</summary>
    public required ImmutableArray<StepDefinition> Steps { get; init; }

    /// <summary>Resources that are opened once for each process.</summary>
    public ImmutableArray<PerWorkerDefinition> PerWorker { get; init; } = [];

    /// <summary>Methods that are called when a run has ended, in order.</summary>
    public ImmutableArray<FinallyDefinition> Finally { get; init; } = [];

    /// <summary>When runs start by themselves.</summary>
    public ImmutableArray<ScheduleDefinition> Schedules { get; init; } = [];

    /// <summary>Names of the events that start a run.</summary>
    public ImmutableArray<string> Triggers { get; init; } = [];

    /// <summary>Names of the flows whose success starts a run.</summary>
    public ImmutableArray<string> TriggersOnFinish { get; init; } = [];

    /// <summary>The project that runs belong to, if any.</summary>
    public string? Project { get; init; }

    /// <summary>What the code of each step is made of, as the build has found it; <c>null</c> if it has not.</summary>
    public string? Code { get; init; }

    /// <summary>Makes a flow object from one value per parameter, by position.</summary>
    public required Func<object?[], object> Create { get; init; }

    /// <summary>The values that the parameters of a flow object have, by position.</summary>
    public required Func<object, object?[]> ReadParameters { get; init; }

    /// <summary>The values of the initializers, by position; <c>null</c> for required parameters. Evaluated once, where the run is submitted.</summary>
    public required Func<object?[]> Defaults { get; init; }
}
