using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0214: where a value may be null, and may be missing too, null cannot stand for both.</summary>
internal static class AmbiguousNull
{
    public static void Check(Scopes scopes, Guards guards, FlowContext context)
    {
        foreach (var step in context.Steps.Where(step => scopes.IsKnown(step.Id)))
        {
            foreach (var input in step.Inputs.Where(input => input is { Kind: ArgumentKind.Value or ArgumentKind.Gather, Shape.Wrap: WrapKind.None }))
            {
                if (!input.Shape.Value.MayBeNull() || input.Source?.Producer is not { } producer) continue;
                var missing = input.Kind == ArgumentKind.Gather ? guards.Selection(producer.Id, scopes.Gathered(producer.Id, step.Id))
                    : guards.CanBeSkipped(producer.Id, step.Id) ? guards[producer.Id]! : Box.Always;
                if (missing.Decisions.Any()) Report(step, input, $"is skipped unless {missing.Shown(context)}", context);
                else if (input.MinSuccess < 1) Report(step, input, "may be missing because its task failed (MinSuccess)", context);
            }
        }
    }

    private static void Report(StepDeclaration step, InputDeclaration input, string why, FlowContext context)
    {
        var value = input.Shape.Value;
        var repairs = input.Kind == ArgumentKind.Gather ? Repair.None : Repair.Of(Repair.Type, $"global::FlowGen.Optional<{value.FullName()}>");
        context.Report(Descriptors.AmbiguousNull, input.Parameter.TypePlace(), [input.Source!.Place], repairs,
            input.Parameter.Name, step.Name, value.Shown(), input.Source.Description, why, $"Optional<{value.Shown()}>");
    }
}
