using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0202: an attribute names something that does not exist.</summary>
internal static class UnknownSource
{
    public static void Report(StepDeclaration step, InputDeclaration input, AttributeData binding, string name, SourceTable sources, FlowContext context)
    {
        var names = sources.All.Select(source => source.Name).Concat(sources.StepNames.Select(Names.Camel)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var hint = Spelling.Close(name, names).FirstOrDefault() is { } meant ? $"did you mean '{meant}'?"
            : names.Count == 0 ? "return it from a step, or declare it as a [Parameter]"
            : "name one of " + string.Join(", ", sources.All.Select(source => $"'{source.Name}'").Take(10));
        context.Report(Descriptors.UnknownSource, binding.ArgumentPlace(0), input.Parameter.Name, step.Name, name, hint);
    }
}
