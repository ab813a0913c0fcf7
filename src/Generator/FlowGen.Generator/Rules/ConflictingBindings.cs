using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0208: an input has one source.</summary>
internal static class ConflictingBindings
{
    public static bool Check(StepDeclaration step, IParameterSymbol parameter, IReadOnlyList<AttributeData> bindings, FlowContext context)
    {
        if (bindings.Count < 2) return true;
        var names = bindings.Select(binding => "[" + BadValidation.ShortName(binding) + "]").ToList();
        var from = bindings.FirstOrDefault(binding => binding.AttributeClass.Is(context.Known.From));
        var other = bindings.FirstOrDefault(binding => binding != from);
        var merged = from?.Text(0) is { } source && bindings.Count == 2 && (other!.AttributeClass.Is(context.Known.ForEach) || other.AttributeClass.Is(context.Known.Gather))
            ? $"{BadValidation.ShortName(other)}({from.Syntax()?.ArgumentList?.Arguments[0].ToString() ?? source})"
            : null;
        var kept = bindings.Select(binding => binding.Syntax()?.ToString()).Prepend(merged).OfType<string>().Distinct().ToArray();
        context.Report(Descriptors.ConflictingBindings, bindings[1].Place(), [], Repair.Of(Repair.Binding, kept),
            parameter.Name, step.Name, string.Join(" and ", names), merged is null ? "remove all but one" : $"write [{merged}]");
        return false;
    }
}
