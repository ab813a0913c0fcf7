using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the methods of a flow that carry an attribute, those of base classes first; an override keeps the attributes of what it overrides.</summary>
internal static class MarkedMethods
{
    /// <returns>Each most derived method with the one that carries the attribute.</returns>
    public static IEnumerable<(IMethodSymbol Method, IMethodSymbol Attributed)> Find(FlowContext context, INamedTypeSymbol? attribute)
    {
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var byType = new Stack<List<(IMethodSymbol, IMethodSymbol)>>();
        for (var type = context.Type; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            var found = new List<(IMethodSymbol, IMethodSymbol)>();
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(method => !overridden.Contains(method)))
            {
                IMethodSymbol? attributed = null;
                for (var current = method; current is not null; current = current.OverriddenMethod)
                {
                    overridden.Add(current);
                    if (attributed is null && current.Attribute(attribute) is not null) attributed = current;
                }
                if (attributed is not null) found.Add((method, attributed));
            }
            byType.Push(found);
        }
        return byType.SelectMany(found => found);
    }
}
