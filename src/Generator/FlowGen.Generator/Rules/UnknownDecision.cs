using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0401: a condition names one value.</summary>
internal static class UnknownDecision
{
    public static void Report(StepDeclaration step, AttributeData attribute, string name, SourceTable sources, FlowContext context)
    {
        var names = sources.All.Select(source => source.Name).Concat(sources.StepNames.Select(Names.Camel)).Distinct(StringComparer.OrdinalIgnoreCase);
        var close = Spelling.Close(name, names).ToArray();
        var (found, edit) = sources.Step(name) switch
        {
            { Artifacts.Count: 0 } producer => ($"a step that makes nothing", $"return the decision from '{producer.Name}'"),
            { } producer => ($"a step that makes {producer.Artifacts.Count} artifacts", "name one of them: " + string.Join(", ", producer.Artifacts.Select(artifact => $"\"{artifact.Name}\""))),
            null => ("no artifact, step or parameter", Hint()),
        };
        context.Report(Descriptors.UnknownDecision, attribute.ArgumentPlace(0), [], Repair.Of(Repair.Text, sources.Step(name) is { } named ? [.. named.Artifacts.Select(artifact => $"\"{artifact.Name}\"")] : [.. close.Select(sources.Reference)]), step.Name, name, found, edit);

        string Hint() => close.FirstOrDefault() is { } meant ? $"did you mean '{meant}'?"
            : sources.All.Where(source => DecisionValues.IsSupported(source.Type) && source.Producer != step).Select(source => $"'{source.Name}'").Take(10).ToList() is { Count: > 0 } fitting
                ? "name one of " + string.Join(", ", fitting)
                : "return it from a step, or declare it as a [Parameter]";
    }
}
