using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0406: <c>[Otherwise]</c> is what is left when others have chosen.</summary>
internal static class EmptyOtherwise
{
    public static void Check(DecisionDeclaration decision, FlowContext context)
    {
        var mentioned = decision.Mentioned.Count();
        if (mentioned > 0 && mentioned < decision.Size) return;
        var (found, edit) = mentioned == 0
            ? ("no step has a [When] on it", $"add [When({decision.Source.Reference}, ...)] to the other branch")
            : ($"every value of it has a [When] ({string.Join(", ", decision.Values.Select(value => value.Shown))})", "remove the step, or a value from a [When]");
        foreach (var condition in decision.Conditions.Where(condition => condition.Values is null))
        {
            condition.Step.HasKnownConditions = false;
            context.Report(Descriptors.EmptyOtherwise, condition.Attribute.Place(),
                decision.Conditions.Where(other => other.Values is not null).Select(other => other.Attribute.Place()), condition.Step.Name, decision.Source.Description, found, edit);
        }
    }
}
