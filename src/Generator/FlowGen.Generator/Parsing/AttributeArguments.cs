using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads arguments of attributes. Code that does not compile yet gives incomplete ones.</summary>
internal static class AttributeArguments
{
    public static string? Text(this AttributeData attribute, int position) => attribute.Argument(position) as string;

    public static object? Argument(this AttributeData attribute, int position) =>
        position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position] is { Kind: not TypedConstantKind.Array } constant
            ? constant.Value
            : null;

    public static object? Named(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array) return argument.Value.Value;
        return null;
    }

    /// <summary>The items of a named argument that is an array, with where each stands; <c>null</c> if it is not written.</summary>
    public static IReadOnlyList<(object? Value, Location Place)>? NamedItems(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key != name || argument.Value is not { Kind: TypedConstantKind.Array, IsNull: false } array) continue;
            var whole = attribute.ArgumentPlace(0, name);
            var written = attribute.Syntax()?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression
                .DescendantNodes().OfType<TypeOfExpressionSyntax>().ToList();
            return [.. array.Values.Select((item, i) => (item.Value, written?.Count == array.Values.Length ? written[i].GetLocation() : whole))];
        }

        return null;
    }
}
