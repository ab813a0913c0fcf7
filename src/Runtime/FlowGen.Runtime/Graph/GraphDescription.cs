using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>A flow's graph as plain data: recorded with every run, so that any program can read runs of any flow, and what <c>show</c> prints.</summary>
internal sealed record GraphDescription(
    string Flow,
    string? Description,
    ImmutableArray<GraphParameter> Parameters,
    ImmutableArray<GraphArtifact> Artifacts,
    ImmutableArray<GraphDimension> Dimensions,
    ImmutableArray<GraphStep> Steps)
{
    /// <summary>Flows inside of each other, at most: a record that says more was not written by a driver.</summary>
    public const int MostFlows = 32;

    public ImmutableArray<GraphDecision> Decisions { get; init; } = [];

    /// <summary>What the flow does by itself, as text: <c>schedule</c>, <c>trigger</c>, <c>trigger-on-finish</c>, <c>project</c>, <c>finally</c>; a name may come several times.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Policies { get; init; } = [];

    /// <summary>The same without the defaults of parameters, which may be another whenever they are asked for.</summary>
    public GraphDescription WithoutDefaults() => this with
    {
        Parameters = [.. Parameters.Select(parameter => parameter with { DefaultText = null })],
        Steps = [.. Steps.Select(step => step.SubFlow is { } inner ? step with { SubFlow = inner.WithoutDefaults() } : step)],
    };

    /// <summary>The dimensions that a dimension is nested in: those of the task that makes its collection.</summary>
    public ImmutableArray<int> ScopeOf(GraphDimension dimension) => dimension.Kind == CompilerServices.SourceKind.Artifact ? Steps[Artifacts[dimension.Source].Step].Scope : [];

    /// <summary>Whether there is such a decision with such a value.</summary>
    public bool Knows(SkipReason reason) => reason.Decision < Decisions.Length && reason.Value < Decisions[reason.Decision].Count;

    /// <summary>Why a task is skipped, in words of the flow that it is of.</summary>
    public string Describe(TaskAddress task, SkipReason reason) => GraphOf(task).Describe(reason);

    /// <summary>Why tasks are skipped, as the end of a sentence: <c>assess was Reject</c>.</summary>
    public string Describe(SkipReason reason)
    {
        var decision = Decisions[reason.Decision];
        return reason.Value < 0 ? $"{decision.Name} was skipped"
            : reason.Value < decision.Values.Length ? $"{decision.Name} was {decision.Values[reason.Value]}"
            : decision.Values is [var only] ? $"{decision.Name} was not {only}"
            : $"{decision.Name} was none of {string.Join(", ", decision.Values)}";
    }

    /// <summary>A task as people name it: <c>fit[3]</c>, in a sub-flow <c>prepare[2]/fit[3]</c>.</summary>
    public string NameOf(TaskAddress task) => (task.Outer is { } outer ? NameOf(outer.Task) + "/" : "") + StepOf(task).Name + task.Suffix;

    /// <summary>The graph of the flow that a task is of: this one, or that of a sub-flow.</summary>
    public GraphDescription GraphOf(TaskAddress task) => task.Outer is { } outer ? StepOf(outer.Task).SubFlow! : this;

    /// <summary>Whether there is a step that the task could be of.</summary>
    public bool Has(TaskAddress task) => (task.Outer is not { } outer || Has(outer.Task) && StepOf(outer.Task).SubFlow is not null) && task.Step < GraphOf(task).Steps.Length;

    /// <summary>The step of a task.</summary>
    public GraphStep StepOf(TaskAddress task) => GraphOf(task).Steps[task.Step];

    /// <summary>All steps as people name them, those of a sub-flow after the step that it is: <c>prepare</c>, <c>prepare/clean</c>.</summary>
    public IEnumerable<(string Name, GraphStep Step)> AllSteps(string prefix = "")
    {
        foreach (var step in Steps)
        {
            yield return (prefix + step.Name, step);
            foreach (var inner in step.SubFlow?.AllSteps($"{prefix}{step.Name}/") ?? []) yield return inner;
        }
    }

    /// <summary>Whether the failure of a task fails no run: its step's, or that of a sub-flow that it is in.</summary>
    public bool IsContained(TaskAddress task) => StepOf(task).Contained || (task.Outer is { } outer && IsContained(outer.Task));

    /// <summary>The part of a flow's definition that is data.</summary>
    public static GraphDescription Of(CompilerServices.FlowDefinition flow)
    {
        var artifacts = new GraphArtifact[flow.Artifacts.Length];
        for (var step = 0; step < flow.Steps.Length; step++)
        {
            for (var i = 0; i < flow.Steps[step].ArtifactCount; i++)
            {
                var position = flow.Steps[step].FirstArtifact + i;
                artifacts[position] = new GraphArtifact(flow.Artifacts[position].Name, flow.Artifacts[position].TypeName, step);
            }
        }

        return new GraphDescription(
            flow.Name,
            flow.Description,
            [.. flow.Parameters.Select(p => new GraphParameter(p.Name, p.TypeName, p.DefaultText, p.IsRequired, p.Description))],
            [.. artifacts],
            [.. flow.Dimensions.Select(d => new GraphDimension(d.Name, d.Kind, d.Source, d.Label is not null))],
            [.. flow.Steps.Select(s => new GraphStep(s.Name, s.Description, s.Scope, s.Inputs, s.FirstArtifact, s.ArtifactCount, s.After, s.Retry?.Times ?? 0, s.Timeout)
            {
                Guard = s.Guard,
                Contained = s.Contained,
                Policies = Executing.Policies.PolicyTable.Of(s),
                SubFlow = s.SubFlow is { } inner ? Of(inner.Flow) : null,
                Loop = s.Loop is { } loop ? new GraphLoop(loop.Max, loop.StopAtMax, loop.Output) : null,
            })])
        {
            Policies = Executing.Policies.PolicyTable.Of(flow),
            Decisions = [.. flow.Decisions.Select(d => new GraphDecision(d.Name, d.Kind, d.Source, d.Values, d.IsClosed))],
        };
    }
}

/// <summary>A parameter in a graph.</summary>
internal sealed record GraphParameter(string Name, string TypeName, string? DefaultText, bool IsRequired, string? Description);

/// <summary>An artifact in a graph. <paramref name="Step"/> is the position of its producer.</summary>
internal sealed record GraphArtifact(string Name, string TypeName, int Step);

/// <summary>A dimension in a graph.</summary>
internal sealed record GraphDimension(string Name, CompilerServices.SourceKind Kind, int Source, bool IsLabelled = false);

/// <summary>A decision in a graph.</summary>
internal sealed record GraphDecision(string Name, CompilerServices.SourceKind Kind, int Source, ImmutableArray<string> Values, bool IsClosed)
{
    /// <summary>Number of values that are told apart: one more than are named, unless there is nothing else.</summary>
    public int Count => Values.Length + (IsClosed ? 0 : 1);
}

/// <summary>How a step in a graph repeats. <paramref name="Output"/> is the artifact carried on, counted from the step's first.</summary>
internal sealed record GraphLoop(int Max, bool StopAtMax, int Output);

/// <summary>A step in a graph.</summary>
internal sealed record GraphStep(
    string Name,
    string? Description,
    ImmutableArray<int> Scope,
    ImmutableArray<CompilerServices.InputDefinition> Inputs,
    int FirstArtifact,
    int ArtifactCount,
    ImmutableArray<CompilerServices.AfterDefinition> After,
    int Retries,
    TimeSpan? Timeout)
{
    /// <summary>What must be decided for the step to run.</summary>
    public ImmutableArray<CompilerServices.GuardDefinition> Guard { get; init; } = [];

    /// <summary>Whether its failure fails no run.</summary>
    public bool Contained { get; init; }
    public GraphLoop? Loop { get; init; }

    /// <summary>The flow that each task of the step is; <c>null</c> of an ordinary step.</summary>
    public GraphDescription? SubFlow { get; init; }

    /// <summary>All policies as text, those of <see cref="Retries"/> and <see cref="Timeout"/> too.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Policies { get; init; } = [];
}
