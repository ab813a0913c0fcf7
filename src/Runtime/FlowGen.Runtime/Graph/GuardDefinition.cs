using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>One side of a step's guard: a decision, and which of its values let the step run.</summary>
/// <param name="Decision">Position of the decision.</param>
/// <param name="Allowed">For each number of a value, whether the step may run.</param>
public readonly record struct GuardDefinition(int Decision, ImmutableArray<bool> Allowed)
{
    /// <summary>
    /// Whether the step does not name the decision itself, but takes something that hangs on it. A decision that failed blocks the steps that name it;
    /// what hangs on it through an input is up to that input, which may accept failures.
    /// </summary>
    public bool IsInherited { get; init; }
}
