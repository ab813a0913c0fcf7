using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Graph;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0303 and FG0305 to FG0308: what <see cref="Scopes"/> found, in words.</summary>
internal static class ScopeRules
{
    public static void Report(ScopeProblem problem, Scopes scopes, IReadOnlyList<SourceDeclaration> dimensions, FlowContext context)
    {
        var step = context.Steps[problem.Step];
        var input = step.Inputs[problem.Input];
        var other = problem.Other < 0 ? null : step.Inputs[problem.Other];
        var place = input.Parameter.Place();
        var (name, source) = (input.Parameter.Name, input.Source!);
        var producerScope = source.Producer is { } producer && scopes[producer.Id] is { } scope ? dimensions[scope] : null;
        switch (problem.Kind)
        {
            case ScopeProblemKind.Nested:
                context.Report(Descriptors.NestedDimension, place, [source.Place], name, step.Name, source.Description, producerScope!.Name);
                break;
            case ScopeProblemKind.Crossed:
                context.Report(Descriptors.CrossedDimensions, place, [other!.Parameter.Place()],
                    name, step.Name, source.Name, other.Parameter.Name, other.Source!.Name);
                break;
            case ScopeProblemKind.Repeated:
                context.Report(Descriptors.RepeatedForEach, place, [other!.Parameter.Place()], name, step.Name, source.Name, other.Parameter.Name);
                break;
            case ScopeProblemKind.SilentMultiplication:
                var anchor = other!.Kind == Model.ArgumentKind.Item
                    ? $"the step runs for each item of '{other.Source!.Name}'"
                    : $"input '{other.Parameter.Name}' exists for each item of '{dimensions[scopes[other.Source!.Producer!.Id]!.Value].Name}'";
                context.Report(Descriptors.SilentMultiplication, place, [other.Parameter.Place()], name, step.Name, producerScope!.Name, anchor);
                break;
            case ScopeProblemKind.NothingToGather:
                var (found, edit) = producerScope is null
                    ? ("which exists only once", "remove [Gather], or add [ForEach] to what makes it")
                    : ($"which the step meets item by item, since it runs for each item of '{producerScope.Name}' too", "gather it in a step of its own");
                context.Report(Descriptors.NothingToGather, place, [source.Place], Repair.None.WithoutShape(input, "Gather"), name, step.Name, source.Description, found, edit);
                break;
        }
    }
}
