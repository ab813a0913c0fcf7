using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0114: generated code cannot call private or hidden steps of a base class.</summary>
internal static class UnreachableBaseStep
{
    public static bool Check(StepDeclaration step, FlowContext context)
    {
        var owner = step.Method.ContainingType;
        if (owner.Is(context.Type)) return true;
        var hiding = Hiding(step.Method, context.Type);
        var (found, edit) = hiding is not null ? ($"is hidden by a member of '{hiding.ContainingType.Name}'", "override it, or rename one of them")
            : !context.Compilation.IsSymbolAccessibleWithin(step.Method, context.Type, context.Type) ? ("is not accessible in the flow", "make it protected")
            : ("", "");
        if (found.Length == 0) return true;
        context.Report(Descriptors.UnreachableBaseStep, step.Place, hiding is null ? [] : [hiding.Place()], step.Name, owner.Name, found, edit);
        return false;
    }

    private static ISymbol? Hiding(IMethodSymbol method, INamedTypeSymbol flow)
    {
        for (var type = flow; type is not null && !type.Is(method.ContainingType); type = type.BaseType)
            if (type.GetMembers(method.Name).FirstOrDefault(member => !member.IsOverride) is { } member) return member;
        return null;
    }
}
