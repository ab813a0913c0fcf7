using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0628: the end of a run has only itself to give, and takes nothing.</summary>
internal static class BadFinally
{
    public static bool Check(IMethodSymbol method, FlowContext context)
    {
        var strange = method.Parameters.FirstOrDefault(parameter => FinallyParser.Argument(parameter, context) is null);
        var (found, edit) = (Attributed(method, context.Known.Step) || Attributed(method, context.Known.SubFlow)) ? ("is a step too", "remove one of the two")
            : method.MethodKind != MethodKind.Ordinary || method.IsGenericMethod ? ("is no ordinary method", "make it one without type parameters")
            : !context.Compilation.IsSymbolAccessibleWithin(method, context.Type) ? ("the flow cannot call it", "make it protected")
            : FinallyParser.Result(method, context) is null ? ($"returns '{method.ReturnType.Shown()}'", "return nothing, or a Task")
            : strange is not null ? ($"takes '{strange.Name}', which is no RunOutcome, ILogger or CancellationToken", "remove it")
            : !method.Parameters.Any(parameter => parameter.Type.Is(context.Known.RunOutcome)) ? ("does not take the outcome", "add a parameter 'RunOutcome outcome'")
            : default;
        if (found is null) return true;
        var place = strange is not null && found.StartsWith("takes", StringComparison.Ordinal) ? strange.Place() : method.Place();
        context.Report(Descriptors.BadFinally, place, method.Name, found, edit);
        return false;
    }

    private static bool Attributed(IMethodSymbol method, INamedTypeSymbol? attribute)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
            if (current.Attribute(attribute) is not null) return true;
        return false;
    }
}
