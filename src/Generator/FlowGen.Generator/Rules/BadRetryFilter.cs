using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0605: retries are chosen by exceptions, which generated code must be able to name.</summary>
internal static class BadRetryFilter
{
    /// <returns>The exceptions; <c>null</c> if none are named.</returns>
    public static IReadOnlyList<INamedTypeSymbol>? Check(StepDeclaration step, AttributeData retry, string argument, FlowContext context)
    {
        if (retry.NamedItems(argument) is not { } items) return null;
        var types = new List<INamedTypeSymbol>();
        foreach (var (value, place) in items)
        {
            if (value is not ITypeSymbol type || type.TypeKind == TypeKind.Error) continue;
            var found = type is not INamedTypeSymbol named || !named.OriginalDefinition.DerivesFrom(context.Known.Exception) ? "no exception"
                : named.IsUnboundGenericType ? "generic and names no type"
                : named.WithContainers().Any(container => container.IsFileLocal) ? "local to its file"
                : !context.Compilation.IsSymbolAccessibleWithin(named, context.Type) ? "not accessible from the flow"
                : null;
            if (found is null) types.Add((INamedTypeSymbol)type);
            else context.Report(Descriptors.BadRetryFilter, place, step.Name, argument, type.Shown(), found);
        }

        return types.Count == items.Count ? types : null;
    }
}
