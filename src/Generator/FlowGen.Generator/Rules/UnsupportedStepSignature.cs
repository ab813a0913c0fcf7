using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0112: generic, by-reference, <c>params</c> and explicitly implemented steps, operators and accessors cannot be called with inputs alone.</summary>
internal static class UnsupportedStepSignature
{
    public static bool Check(StepDeclaration step, FlowContext context)
    {
        var method = step.Method;
        var problem = method switch
        {
            { IsGenericMethod: true } => ("is generic", "remove its type parameters", step.Place),
            { MethodKind: MethodKind.ExplicitInterfaceImplementation } => ("implements an interface explicitly", "declare it as an ordinary method", step.Place),
            { MethodKind: not MethodKind.Ordinary } => ("is no ordinary method", "move what it does into one", step.Place),
            { RefKind: not RefKind.None } => ("returns by reference", "return a value", method.ReturnTypePlace()),
            _ => method.Parameters.Select(Check).FirstOrDefault(found => found.Found is not null),
        };
        if (problem.Item1 is null) return true;
        context.Report(Descriptors.UnsupportedStepSignature, problem.Item3, step.Name, problem.Item1, problem.Item2);
        return false;
    }

    private static (string? Found, string Edit, Location Place) Check(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
        {
            var keyword = parameter.RefKind switch { RefKind.Ref => "ref", RefKind.Out => "out", RefKind.In => "in", _ => "ref readonly" };
            return ($"takes '{parameter.Name}' by '{keyword}'", $"remove '{keyword}'" + (keyword == "out" ? " and return the value" : ""), parameter.Place());
        }
        return parameter.IsParams ? ($"takes '{parameter.Name}' as 'params'", "remove 'params'", parameter.Place()) : default;
    }
}
