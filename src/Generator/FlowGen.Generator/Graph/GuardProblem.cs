namespace FlowGen.Generator.Graph;

/// <summary>What is wrong with the guard of a step.</summary>
internal enum GuardProblemKind
{
    /// <summary>A decision exists once for each item of a dimension that the step is not in. <c>Position</c> is that of the condition.</summary>
    DecisionOutsideScope,

    /// <summary>No value of a decision satisfies all that the step demands: it can never run.</summary>
    DeadBranch,

    /// <summary>Two alternatives can both be made.</summary>
    NotExclusive,

    /// <summary>It can be that no alternative is made.</summary>
    NotExhaustive,
}

/// <summary>A mistake.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Step">The step.</param>
/// <param name="Position">Of the condition or input that is wrong, or else -1.</param>
internal sealed record GuardProblem(GuardProblemKind Kind, int Step, int Position = -1)
{
    /// <summary>Of a dead branch, the decision in question.</summary>
    public int Decision { get; init; } = -1;

    /// <summary>Of a dead branch, demands of which each is needed for the contradiction.</summary>
    public IReadOnlyList<Demand> Demands { get; init; } = [];

    /// <summary>Of alternatives, two that overlap.</summary>
    public (int First, int Second) Overlap { get; init; }

    /// <summary>Of alternatives, values under which none is made.</summary>
    public IReadOnlyList<(int Decision, int Value)> Gap { get; init; } = [];
}

/// <summary>What one condition or input of a step demands.</summary>
/// <param name="Box">The demand.</param>
/// <param name="Condition">Position of the condition, or -1.</param>
/// <param name="Input">Position of the input, or -1.</param>
/// <param name="Producer">The step whose guard the demand comes from; -1 for the condition's own values.</param>
internal sealed record Demand(Box Box, int Condition, int Input, int Producer);
