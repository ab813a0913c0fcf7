using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the smallest token to edit.</summary>
internal static class Places
{
    /// <summary>Where a symbol's name stands; <see cref="Location.None"/> for one of another assembly.</summary>
    public static Location Place(this ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;

    public static Location Place(this AttributeData attribute) => attribute.Syntax()?.GetLocation() ?? Location.None;

    /// <summary>An argument of an attribute, by position or name; the whole attribute if it is not written.</summary>
    public static Location ArgumentPlace(this AttributeData attribute, int position, string? name = null)
    {
        var arguments = attribute.Syntax()?.ArgumentList?.Arguments;
        var found = name is null
            ? arguments?.Where(a => a.NameEquals is null).ElementAtOrDefault(position)
            : arguments?.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name);
        return found?.Expression.GetLocation() ?? attribute.Place();
    }

    /// <summary>The type of a method's parameter.</summary>
    public static Location TypePlace(this IParameterSymbol parameter) =>
        (parameter.Syntax<ParameterSyntax>()?.Type)?.GetLocation() ?? parameter.Place();

    /// <summary>The type that a method returns.</summary>
    public static Location ReturnTypePlace(this IMethodSymbol method) =>
        method.Syntax<MethodDeclarationSyntax>()?.ReturnType.GetLocation() ?? method.Place();

    /// <summary>The type of a property.</summary>
    public static Location TypePlace(this IPropertySymbol property) =>
        property.Syntax<PropertyDeclarationSyntax>()?.Type.GetLocation() ?? property.Place();

    public static T? Syntax<T>(this ISymbol symbol) where T : SyntaxNode =>
        symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<T>().FirstOrDefault();

    public static AttributeSyntax? Syntax(this AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
}
