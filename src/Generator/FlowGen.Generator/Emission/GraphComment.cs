using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the graph as a comment: one line a step, with what it takes and makes.</summary>
internal static class GraphComment
{
    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        if (flow.IsBroken) return;
        var calls = flow.Steps.Select(step => $"{step.Name}({string.Join(", ", step.Arguments.Where(a => a.IsInput).Select(a => Input(a, flow)))})").ToArray();
        var width = calls.Select(call => call.Length).DefaultIfEmpty().Max();
        for (var i = 0; i < calls.Length; i++)
        {
            var step = flow.Steps[i];
            var made = string.Join(", ", flow.Artifacts.Skip(step.FirstArtifact).Take(step.ArtifactCount).Select(artifact => artifact.Name));
            var scope = string.Concat(step.Scope.Select(dimension => $" for each of {flow.Dimensions[dimension].Name}"));
            var after = step.After.Count == 0 ? "" : " after " + string.Join(", ", step.After.Select(after => flow.Steps[after.Step].Name));
            var loop = step.Loop is { } repeats ? $" up to {repeats.Max} times" : "";
            var guard = step.Guard.Count == 0 ? "" : " when " + string.Join(" and ", step.Guard.Select(side => Side(side, flow.Decisions[side.Decision])));
            writer.Line($"// {calls[i].PadRight(width)} -> {(made.Length == 0 ? "nothing" : made)}{scope}{after}{guard}{loop}");
        }
    }

    private static string Side(GuardModel side, DecisionModel decision) =>
        $"{decision.Name} is {string.Join(" or ", side.Allowed.Select((allowed, value) => !allowed ? "" : value < decision.Values.Count ? decision.Values[value].Shown : "anything else").Where(shown => shown.Length > 0))}";

    private static string Input(ArgumentModel argument, FlowModel flow)
    {
        var source = argument.Source.IsParameter ? flow.Parameters[argument.Source.Index].Name : flow.Artifacts[argument.Source.Index].Name;
        return argument.Kind switch
        {
            ArgumentKind.Item => "each " + source,
            ArgumentKind.Gather => "all " + source,
            ArgumentKind.OneOf => string.Join(" or ", argument.Alternatives.Select(position => flow.Artifacts[position].Name)),
            ArgumentKind.Carry => $"{source} carried on",
            _ => source,
        };
    }
}
