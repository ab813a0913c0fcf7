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
            { IsGenericMethod: true } => new Problem("is generic", "remove its type parameters", step.Place),
            { MethodKind: MethodKind.ExplicitInterfaceImplementation } => new("implements an interface explicitly", "declare it as an ordinary method", step.Place),
            { MethodKind: not MethodKind.Ordinary } => new("is no ordinary method", "move what it does into one", step.Place),
            { RefKind: not RefKind.None } => new("returns by reference", "return a value", method.ReturnTypePlace()),
            _ => method.Parameters.Select(Check).FirstOrDefault(found => found is not null),
        };
        if (problem is null) return true;
        context.Report(Descriptors.UnsupportedStepSignature, problem.Place, [], Repair.Of(Repair.Modifier, problem.Keyword is null ? [] : [problem.Keyword]),
            step.Name, problem.Found, problem.Edit);
        return false;
    }

    private static Problem? Check(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
        {
            var keyword = parameter.RefKind switch { RefKind.Ref => "ref", RefKind.Out => "out", RefKind.In => "in", _ => "ref readonly" };
            return keyword == "out"
                ? new($"takes '{parameter.Name}' by 'out'", "remove 'out' and return the value", parameter.Place())
                : new($"takes '{parameter.Name}' by '{keyword}'", $"remove '{keyword}'", parameter.Place(), keyword);
        }
        return parameter.IsParams ? new($"takes '{parameter.Name}' as 'params'", "remove 'params'", parameter.Place(), "params") : null;
    }

    /// <summary>What is wrong; the keyword is what alone has to go.</summary>
    private sealed record Problem(string Found, string Edit, Location Place, string? Keyword = null);
}
