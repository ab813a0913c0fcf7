namespace FlowGen.Generator.Graph;

/// <summary>How an input takes part in its step's guard.</summary>
internal enum GuardInputKind
{
    /// <summary>The step runs only if the producer did.</summary>
    Needed,

    /// <summary>The step runs either way: a nullable or optional input.</summary>
    Free,

    /// <summary>Adds the part about decisions in the step's own scope; the others select items.</summary>
    Gather,

    /// <summary>The step needs whichever of several producers ran.</summary>
    OneOf,

    /// <summary>As <see cref="OneOf"/>, but the step also runs if none did.</summary>
    FreeOneOf,
}

/// <summary>An input as the guards see it.</summary>
/// <param name="Kind">How it takes part.</param>
/// <param name="Producers">The steps that make what it can be bound to; empty for a flow parameter, which is always there.</param>
internal readonly record struct GuardInput(GuardInputKind Kind, IReadOnlyList<int> Producers);

/// <summary>A condition of a step on a decision.</summary>
internal readonly record struct GuardCondition(int Decision, bool[] Allowed);

/// <summary>A decision.</summary>
/// <param name="Producer">The step that makes it; -1 for a flow parameter.</param>
/// <param name="Size">The number of its values.</param>
internal readonly record struct GuardDecision(int Producer, int Size);

/// <summary>A step as the guards see it.</summary>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Conditions">Its own conditions.</param>
/// <param name="Scope">The dimensions it runs in; <c>null</c> if they or anything else of the step is unknown.</param>
internal readonly record struct GuardStep(IReadOnlyList<GuardInput> Inputs, IReadOnlyList<GuardCondition> Conditions, IReadOnlyCollection<int>? Scope);
