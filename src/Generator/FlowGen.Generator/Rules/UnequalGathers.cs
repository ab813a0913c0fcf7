using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0316: lists over the same items are read side by side, so a gap in one shifts it against the other.</summary>
internal static class UnequalGathers
{
    public static void Check(Scopes scopes, Guards guards, FlowContext context)
    {
        foreach (var step in context.Steps.Where(step => scopes.IsKnown(step.Id)))
        {
            var lists = step.Inputs.Where(input => input is { Kind: ArgumentKind.Gather, Shape.Wrap: WrapKind.None or WrapKind.Outcome or WrapKind.Handle }).ToList();
            for (var i = 0; i < lists.Count; i++)
                for (var j = 0; j < i; j++) Check(step, lists[j], lists[i], scopes, guards, context);
        }
    }

    private static void Check(StepDeclaration step, InputDeclaration first, InputDeclaration second, Scopes scopes, Guards guards, FlowContext context)
    {
        var dimensions = Gathered(step, first, scopes);
        if (!dimensions.SequenceEqual(Gathered(step, second, scopes)) || Gaps(first) == Gaps(second)) return;
        var (gappy, other) = Gaps(second) is null ? (first, second) : (second, first);
        context.Report(Descriptors.UnequalGathers, gappy.Parameter.Place(), [other.Parameter.Place()],
            gappy.Parameter.Name, step.Name, gappy.MinSuccess < 1 ? "failed (MinSuccess)" : $"were skipped (all but where {guards.Selection(gappy.Source!.Producer!.Id, dimensions).Shown(context)})", other.Parameter.Name);

        // What decides which items a list leaves out: equal for two lists that leave out the same, null if none.
        string? Gaps(InputDeclaration input)
        {
            var selection = guards.Selection(input.Source!.Producer!.Id, dimensions);
            return input.MinSuccess < 1 ? $"failures of {input.Source.Producer.Name}" : selection.Decisions.Any() ? selection.Shown(context) : null;
        }
    }

    private static IReadOnlyList<int> Gathered(StepDeclaration step, InputDeclaration input, Scopes scopes) => scopes.Gathered(input.Source!.Producer!.Id, step.Id);
}
