using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What an input, or each item of a gather, comes in, and the type of the value inside.</summary>
/// <param name="Wrap">What it comes in. That a source may be missing (<see cref="WrapKind.Nullable"/>) is known only with the source.</param>
/// <param name="Value">Type of the value inside.</param>
internal readonly record struct Shape(WrapKind Wrap, ITypeSymbol Value)
{
    public static Shape Of(ITypeSymbol type, KnownTypes known) =>
        type is INamedTypeSymbol { TypeArguments: [var value] } named && KindOf(named, known) is not WrapKind.None and var kind ? new Shape(kind, value) : new Shape(WrapKind.None, type);

    /// <summary>The name of a shape; <c>null</c> for a type that is none, or not only one because it may be null.</summary>
    public static string? NameOf(ITypeSymbol type, KnownTypes known) => Of(type.WithoutNull(), known).Wrap is not WrapKind.None ? type.WithoutNull().Name : null;

    /// <summary>The same shape, now that its source is known: <c>null</c> stands for a missing value only where it is none itself.</summary>
    public Shape From(SourceDeclaration source) =>
        Wrap == WrapKind.None && source.Producer is not null && Value.MayBeNull() && !source.Type.MayBeNull() ? this with { Wrap = WrapKind.Nullable } : this;

    /// <summary>The shape around another type, as people write it or fully qualified.</summary>
    public string Around(string type, bool isQualified = false)
    {
        var name = Wrap switch { WrapKind.Optional => "Optional", WrapKind.Outcome => "Outcome", WrapKind.Handle => "Artifact", WrapKind.Indexed => "Item", _ => null };
        return name is null ? type : $"{(isQualified ? "global::FlowGen." : "")}{name}<{type}>";
    }

    private static WrapKind KindOf(INamedTypeSymbol type, KnownTypes known)
    {
        // An annotation makes another type of it: 'Outcome<T>?' is no shape.
        if (type.NullableAnnotation == NullableAnnotation.Annotated) return WrapKind.None;
        var definition = type.OriginalDefinition;
        return definition.Is(known.Optional) ? WrapKind.Optional
            : definition.Is(known.Outcome) ? WrapKind.Outcome
            : definition.Is(known.Artifact) ? WrapKind.Handle
            : definition.Is(known.Item) ? WrapKind.Indexed
            : WrapKind.None;
    }
}
