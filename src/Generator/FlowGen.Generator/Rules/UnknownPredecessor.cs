using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0210: <c>[After]</c> names a step.</summary>
internal static class UnknownPredecessor
{
    public static StepDeclaration? Check(StepDeclaration step, AttributeData after, SourceTable sources, FlowContext context)
    {
        if (after.Text(0) is not { } name) return null;
        if (sources.Step(name) is { } found) return found;
        var hint = sources.Source(name) switch
        {
            { Producer: { } producer } => $"'{name}' is an artifact, write [After(nameof({producer.Method.Name}))]",
            { } => $"'{name}' is a parameter, which is there from the start; remove [After]",
            _ when Spelling.Close(name, sources.StepNames).FirstOrDefault() is { } meant => $"did you mean '{meant}'?",
            _ => "name one of " + string.Join(", ", context.Steps.Where(other => other != step).Select(other => $"'{other.Name}'").Take(10)),
        };
        context.Report(Descriptors.UnknownPredecessor, after.ArgumentPlace(0), step.Name, name, hint);
        return null;
    }
}
