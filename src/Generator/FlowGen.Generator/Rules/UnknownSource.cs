using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0202: an attribute names something that does not exist.</summary>
internal static class UnknownSource
{
    public static void Report(StepDeclaration step, InputDeclaration input, AttributeData binding, int position, string name, SourceTable sources, FlowContext context)
    {
        var names = sources.All.Select(source => source.Name).Concat(sources.StepNames.Select(Names.Camel)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var close = Spelling.Close(name, names).ToArray();
        var hint = close.FirstOrDefault() is { } meant ? $"did you mean '{meant}'?"
            : names.Count == 0 ? "return it from a step, or declare it as a [Parameter]"
            : "name one of " + string.Join(", ", sources.All.Select(source => $"'{source.Name}'").Take(10));
        context.Report(Descriptors.UnknownSource, binding.ArgumentPlace(position), [], Repair.Of(Repair.Text, [.. close.Select(sources.Reference)]), input.Parameter.Name, step.Name, name, hint);
    }

    /// <summary>The step is there, but makes no such artifact.</summary>
    public static void Report(StepDeclaration step, InputDeclaration input, AttributeData binding, StepDeclaration producer, string artifact, FlowContext context)
    {
        if (SubFlowWithoutOutputs.Report(step, input, producer, context)) return;
        var names = producer.Artifacts.Select(made => made.Element ?? made.Name).ToList();
        var close = Spelling.Close(artifact, names).ToArray();
        var hint = close.FirstOrDefault() is { } meant ? $"did you mean '{meant}'?" : names.Count == 0 ? "return it from the step" : $"step '{producer.Name}' makes {string.Join(", ", names.Select(name => $"'{name}'"))}";
        context.Report(Descriptors.UnknownSource, binding.ArgumentPlace(1), [producer.Place], Repair.Of(Repair.Text, [.. close.Select(name => $"\"{name}\"")]), input.Parameter.Name, step.Name, artifact, hint);
    }
}
