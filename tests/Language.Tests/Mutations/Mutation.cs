using Language.Tests.Flows;

namespace Language.Tests.Mutations;

/// <summary>A small change to a flow that keeps it a program. Whether it is still well-formed is for the reference to say, and for the compiler to agree.</summary>
/// <param name="Name">What is changed.</param>
/// <param name="Apply">The changed flow; <c>null</c> if there is nothing to change.</param>
internal sealed record Mutation(string Name, Func<FlowSpec, Draw, FlowSpec?> Apply)
{
    public static IReadOnlyList<Mutation> All { get; } = [.. InputMutations.All, .. TypeMutations.All, .. ConditionMutations.All, .. LoopMutations.All, .. StepMutations.All];

    /// <summary>A change of the first step, in random order, that it applies to.</summary>
    public static Mutation OfStep(string name, Func<FlowSpec, int, Draw, StepSpec?> change) => new(name, (flow, draw) =>
    {
        foreach (var s in draw.Shuffled(Enumerable.Range(0, flow.Steps.Length)))
            if (change(flow, s, draw) is { } step) return flow with { Steps = flow.Steps.SetItem(s, step) };
        return null;
    });

    /// <summary>A change of the first input, in random order, that it applies to. What a loop carries stays as it is.</summary>
    public static Mutation OfInput(string name, Func<FlowSpec, int, InputSpec, Draw, InputSpec?> change) => OfStep(name, (flow, s, draw) =>
    {
        var step = flow.Steps[s];
        foreach (var input in draw.Shuffled(step.Inputs.Where(input => input.Shape != Shape.Carry)))
            if (change(flow, s, input, draw) is { } changed && step.Inputs.Remove(input).All(other => other.Name != changed.Name)) return step with { Inputs = step.Inputs.Replace(input, changed) };
        return null;
    });

    /// <summary>A change of the first condition, in random order, that it applies to.</summary>
    public static Mutation OfCondition(string name, Func<FlowSpec, ConditionSpec, Draw, ConditionSpec?> change) => OfStep(name, (flow, s, draw) =>
    {
        foreach (var condition in draw.Shuffled(flow.Steps[s].Conditions))
            if (change(flow, condition, draw) is { } changed) return flow.Steps[s] with { Conditions = flow.Steps[s].Conditions.Replace(condition, changed) };
        return null;
    });

    /// <summary>A step with one more input.</summary>
    public static StepSpec? With(StepSpec step, InputSpec input) => step.Inputs.Any(other => other.Name == input.Name) ? null : step with { Inputs = step.Inputs.Add(input) };

    /// <summary>One of the sources before a step that fit; <c>null</c> if none does.</summary>
    public static SourceSpec? Any(FlowSpec flow, int s, Draw draw, Func<SourceSpec, bool> fits)
    {
        var sources = flow.Sources.Where(source => source.Step < s && fits(source)).ToList();
        return sources.Count == 0 ? null : draw.Any(sources);
    }
}
