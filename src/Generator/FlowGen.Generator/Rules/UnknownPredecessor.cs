using System.Collections.Immutable;
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
        var close = Spelling.Close(name, sources.StepNames).Select(sources.Step).Distinct().ToArray();
        var hint = sources.Source(name) switch
        {
            { Producer: { } producer } => $"'{name}' is an artifact, write [After(nameof({producer.Method.Name}))]",
            { } source => $"'{name}' is a {(source is ResourceDeclaration ? "resource" : "parameter")}, which is there from the start; remove [After]",
            _ when close is [{ } meant, ..] => $"did you mean '{meant.Name}'?",
            _ => "name one of " + string.Join(", ", context.Steps.Where(other => other != step).Select(other => $"'{other.Name}'").Take(10)),
        };
        context.Report(Descriptors.UnknownPredecessor, after.ArgumentPlace(0), [], Repairs(), step.Name, name, hint);
        return null;

        ImmutableDictionary<string, string?> Repairs() => sources.Source(name) switch
        {
            { Producer: { } producer } => Repair.Of(Repair.Text, $"nameof({producer.Method.Name})"),
            { } => Repair.None,
            _ => Repair.Of(Repair.Text, [.. close.Select(found => $"nameof({found!.Method.Name})")]),
        };
    }
}
