using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0630: a resource is what a method returns that generated code can call.</summary>
internal static class BadPerWorker
{
    public static bool Check(IMethodSymbol method, FlowContext context)
    {
        var result = ResourceParser.Result(method, context.Known);
        if (result?.TypeKind == TypeKind.Error) return false;
        var strange = method.Parameters.FirstOrDefault(parameter => parameter.RefKind != RefKind.None || parameter.IsParams);
        var (found, edit) = IsStep(method, context) ? ("is a step too", "remove one of the two")
            : method.MethodKind != MethodKind.Ordinary || method.IsGenericMethod || method.RefKind != RefKind.None ? ("is no ordinary method", "make it one without type parameters")
            : !context.Compilation.IsSymbolAccessibleWithin(method, context.Type, context.Type) ? ("the flow cannot call it", "make it protected")
            : strange is not null ? ($"takes '{strange.Name}' by '{(strange.IsParams ? "params" : "ref")}'", "take it by value")
            : result is null ? ("returns nothing", "return the resource, or Task of it")
            : result.MayBeNull() ? ($"returns '{result.Shown()}', which may be null", "throw an exception that says why there is none")
            : result.IsRefLikeType ? ($"returns '{result.Shown()}', which cannot outlive the call", "return a class")
            : default;
        if (found is null) return true;
        context.Report(Descriptors.BadPerWorker, method.Place(), method.Name, found, edit);
        return false;
    }

    private static bool IsStep(IMethodSymbol method, FlowContext context)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
            if (current.Attribute(context.Known.Step) is not null || current.Attribute(context.Known.Finally) is not null) return true;
        return false;
    }
}
