using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0405: what a <c>[When]</c> mentions no <c>[Otherwise]</c> allows.</summary>
internal static class ConflictingConditions
{
    public static void Check(StepDeclaration step, FlowContext context)
    {
        foreach (var conditions in step.Conditions.GroupBy(condition => condition.Decision).ToList())
        {
            if (conditions.FirstOrDefault(condition => condition.Values is null) is not { } otherwise || conditions.FirstOrDefault(condition => condition.Values is not null) is not { } when) continue;
            step.HasKnownConditions = false;
            context.Report(Descriptors.ConflictingConditions, otherwise.Attribute.Place(), [when.Attribute.Place()], step.Name, conditions.Key.Source.Description);
        }
    }
}
