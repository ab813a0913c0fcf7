using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Graph;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0420 and FG0421: whoever runs the flow gets each output once, and always.</summary>
internal static class UncertainOutput
{
    public static void Check(Scopes scopes, Guards guards, IReadOnlyList<SourceDeclaration> dimensions, FlowContext context)
    {
        foreach (var step in context.Steps.Where(step => step.IsOutput && step.IsCallable))
        {
            var place = step.Attributed.Attribute(context.Known.Output)!.Place();
            var name = step.Artifacts.Count == 1 ? step.Artifacts[0].Name : step.Name;
            if (scopes.IsKnown(step.Id) && scopes[step.Id].Any())
                context.Report(Descriptors.OutputForEachItem, place, [step.Place], step.Name, string.Join(", ", scopes[step.Id].Select(dimension => $"'{dimensions[dimension].Name}'")), name);
            if (guards[step.Id]?.Shown(context) is { Length: > 0 } condition)
                context.Report(Descriptors.OutputMayBeSkipped, place, [step.Place], step.Name, condition, name);
        }
    }
}
