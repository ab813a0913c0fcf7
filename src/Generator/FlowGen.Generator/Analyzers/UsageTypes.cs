using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Analyzers;

/// <summary>Types that the usage rules ask for, looked up once for each compilation.</summary>
internal sealed class UsageTypes(Compilation compilation)
{
    private readonly KnownTypes _known = new(compilation);

    public IAssemblySymbol Assembly { get; } = compilation.Assembly;

    public INamedTypeSymbol? Step => _known.Step;

    public INamedTypeSymbol? Cache { get; } = compilation.GetTypeByMetadataName("FlowGen.CacheAttribute");

    public INamedTypeSymbol? Secret { get; } = compilation.GetTypeByMetadataName("FlowGen.Secret`1");

    public INamedTypeSymbol? Parameter => _known.Parameter;

    public bool IsTask(ITypeSymbol? type) => type is not null && _known.IsTask(type);

    /// <summary>Whether a method is a step, by an attribute of its own or of what it overrides.</summary>
    public bool IsStep(ISymbol member)
    {
        for (var method = member as IMethodSymbol; method is not null; method = method.OverriddenMethod)
            if (_known.StepOf(method) is not null) return true;
        return false;
    }

    /// <summary>The method that says whether a step repeats, if it is the project's own.</summary>
    public IMethodSymbol? PredicateOf(IMethodSymbol step) =>
        step.Attribute(_known.Loop)?.Text(0) is { } name ? LoopParser.Predicates(step.ContainingType, name).FirstOrDefault(IsOwn) : null;

    /// <summary>Whether a member is the project's own and written by a person.</summary>
    public bool IsOwn(ISymbol member) => member.ContainingAssembly.Is(Assembly);
}

/// <summary>Short questions about members of the framework.</summary>
internal static class FrameworkMembers
{
    /// <summary>Whether a member belongs to a type, named with its namespace and without type arguments.</summary>
    public static bool IsOf(this ISymbol member, string space, string type) =>
        member.ContainingType is { } owner && owner.Name == type && owner.ContainingNamespace.ToDisplayString() == space;
}
