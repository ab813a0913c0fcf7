using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>One step as data, with the delegate that runs it.</summary>
public sealed record StepDefinition
{
    /// <summary>The step's name, such as <c>fit</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the method in source, such as <c>FitAsync</c>.</summary>
    public required string Method { get; init; }

    /// <summary>First paragraph of the documentation comment, if any.</summary>
    public string? Description { get; init; }

    /// <summary>Dimensions the step runs in, slowest first; empty for a step that runs once.</summary>
    public ImmutableArray<int> Scope { get; init; } = [];

    /// <summary>Inputs in the order of <see cref="StepFrame"/> slots.</summary>
    public ImmutableArray<InputDefinition> Inputs { get; init; } = [];

    /// <summary>Services that the step takes from the program.</summary>
    public ImmutableArray<ServiceDefinition> Services { get; init; } = [];

    /// <summary>Positions of the resources that the step takes, which are opened once for each process.</summary>
    public ImmutableArray<int> PerWorker { get; init; } = [];

    /// <summary>Position of the first artifact the step makes.</summary>
    public int FirstArtifact { get; init; }

    /// <summary>Number of artifacts the step makes.</summary>
    public int ArtifactCount { get; init; }

    /// <summary>Steps that must have finished before (<see cref="AfterAttribute"/>).</summary>
    public ImmutableArray<AfterDefinition> After { get; init; } = [];

    /// <summary>What must be decided for the step to run; complete, so that nothing else has to be asked: a task is skipped exactly when this says so.</summary>
    public ImmutableArray<GuardDefinition> Guard { get; init; } = [];

    /// <summary>Whether its failure fails no run, because everyone who needs its result accepts failures.</summary>
    public bool Contained { get; init; }

    /// <summary>How the step repeats, or <c>null</c> if it does not.</summary>
    public LoopDefinition? Loop { get; init; }

    /// <summary>The flow that each task of the step is, or <c>null</c> of an ordinary step. The method of such a step puts one output into the frame: the object with the flow's parameters.</summary>
    public SubFlowDefinition? SubFlow { get; init; }

    /// <summary>Retries, or <c>null</c> for none.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Limit of one attempt, or <c>null</c> for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What an attempt needs, or <c>null</c> if that was not said.</summary>
    public ResourceDefinition? Resources { get; init; }

    /// <summary>Environment variables that the step sees beside the program's own.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Whether each attempt has a process of its own.</summary>
    public bool Isolated { get; init; }

    /// <summary>Whether each attempt has a process of its own, asked for or because of its environment.</summary>
    internal bool HasOwnProcess => Isolated || !Environment.IsEmpty;

    /// <summary>How often attempts may start, or <c>null</c> for no limit.</summary>
    public RateLimitDefinition? RateLimit { get; init; }

    /// <summary>Whether results may be reused by other runs, or <c>null</c> if not.</summary>
    public CacheDefinition? Cache { get; init; }

    /// <summary>Whether the step runs in the driver wherever the others run.</summary>
    public bool Inline { get; init; }

    /// <summary>How many invocations make up an attempt.</summary>
    public int Gang { get; init; } = 1;

    /// <summary>Limit of tasks of this step at the same time, or 0 for none.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Whether the step starts only when its inputs are durable.</summary>
    public bool Durable { get; init; }

    /// <summary>Whether the method takes the <see cref="StepContext"/>, and so may know its index and iteration.</summary>
    public bool TakesContext { get; init; }

    /// <summary>Calls the method: takes the inputs from the frame, puts the outputs into it.</summary>
    public required Func<StepFrame, ValueTask> Invoke { get; init; }
}
