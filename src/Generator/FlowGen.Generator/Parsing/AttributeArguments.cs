using Microsoft.CodeAnalysis;

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
}
