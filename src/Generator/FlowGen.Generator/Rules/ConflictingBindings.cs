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
        var edit = from?.Text(0) is { } source && other is not null && bindings.Count == 2
            ? $"write [{BadValidation.ShortName(other)}({from.Syntax()?.ArgumentList?.Arguments[0].ToString() ?? source})]"
            : $"remove all but one";
        context.Report(Descriptors.ConflictingBindings, bindings[1].Place(), parameter.Name, step.Name, string.Join(" and ", names), edit);
        return false;
    }
}
