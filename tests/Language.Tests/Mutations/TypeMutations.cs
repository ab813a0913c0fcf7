using Language.Tests.Flows;
using static Language.Tests.Mutations.Mutation;

namespace Language.Tests.Mutations;

/// <summary>Types on one side only, and null.</summary>
internal static class TypeMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        OfInput("declare an input as something else", (flow, _, input, draw) => input with { Declared = Other(flow.DeclaredKind(input), draw) }),
        new("make something else", (flow, draw) => ChangeOutput(flow, draw, output => output with { Kind = Other(output.Kind, draw), IsWild = false })),
        new("may be null", (flow, draw) => ChangeOutput(flow, draw, output => output.Nullable || output.IsWild ? null : output with { Nullable = true })),
        new("is never null", (flow, draw) => ChangeOutput(flow, draw, output => output.Nullable ? output with { Nullable = false } : null)),
    ];

    private static Kind Other(Kind kind, Draw draw) => draw.Any([.. Enum.GetValues<Kind>().Where(other => other != kind)]);

    /// <summary>All who take it keep the types that they declare.</summary>
    private static FlowSpec? ChangeOutput(FlowSpec flow, Draw draw, Func<OutputSpec, OutputSpec?> change)
    {
        foreach (var s in draw.Shuffled(Enumerable.Range(0, flow.Steps.Length).Where(s => flow.Steps[s] is { Outputs.IsEmpty: false, Loop: null })))
        {
            var outputs = flow.Steps[s].Outputs;
            var at = draw.Below(outputs.Length);
            if (change(outputs[at]) is not { } changed) continue;
            var declared = flow with { Steps = [.. flow.Steps.Select(step => step with { Inputs = [.. step.Inputs.Select(input => input with { Declared = flow.DeclaredKind(input) })] })] };
            return declared with { Steps = declared.Steps.SetItem(s, declared.Steps[s] with { Outputs = outputs.SetItem(at, changed) }) };
        }
        return null;
    }
}
