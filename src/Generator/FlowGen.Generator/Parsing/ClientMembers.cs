using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>A member of the typed client is as accessible as the least accessible type in its signature.</summary>
internal sealed class ClientMembers
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The member for an artifact; <c>null</c> when only the flow itself could name its type, or when its name collides, which is a mistake of its own.</summary>
    public ClientMember? Of(ArtifactDeclaration artifact)
    {
        var name = string.Concat(artifact.Name.Split('.').Select(Names.Pascal));
        if (!_taken.Add(name) || ReservedName.Contains(name)) return null;
        return Least(artifact.Type) switch
        {
            Accessibility.Public => new ClientMember("public", name),
            Accessibility.Internal => new ClientMember("internal", name),
            _ => null,
        };
    }

    private static Accessibility Least(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array) return Least(array.ElementType);
        if (type is not INamedTypeSymbol named || named.IsRefLikeType || named.IsStatic) return Accessibility.Private;
        var least = Accessibility.Public;
        foreach (var part in named.WithContainers())
        {
            var own = part.DeclaredAccessibility switch
            {
                Accessibility.Public => Accessibility.Public,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
                _ => Accessibility.Private,
            };
            if (part.IsFileLocal) own = Accessibility.Private;
            least = own < least ? own : least;
        }
        foreach (var argument in named.TypeArguments)
            if (Least(argument) is var inner && inner < least) least = inner;
        return least;
    }
}
