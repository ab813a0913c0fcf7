using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Checks that a codec somebody wrote is one for the type, and fills in the type arguments of a generic one.</summary>
internal sealed class CodecFit(ArtifactTypes types)
{
    private static readonly SymbolDisplayFormat WithoutArguments = TypeNames.FullyQualified.WithGenericsOptions(SymbolDisplayGenericsOptions.None);

    public ArtifactNode? Visit(INamedTypeSymbol type, CodecChoice choice, ArtifactUse use)
    {
        var codec = choice.Codec.IsUnboundGenericType ? choice.Codec.OriginalDefinition : choice.Codec;
        if (codec.TypeKind == TypeKind.Error || choice.Attribute.AttributeConstructor is null)
        {
            types.HasGaps = true;
            return null;
        }

        if (Construct(type, codec, out var takesCodecs) is not { } closed || Problem(type, closed) is not null || UnmetConstraint(closed, takesCodecs) is not null)
        {
            var (found, edit) = Explain(type, codec);
            types.Report(Descriptors.UnfitCodec, use, use.Subject, type.Shown(), choice.Codec.Shown(), found, edit);
            return null;
        }

        var parts = takesCodecs ? type.TypeArguments.Select(argument => types.Visit(argument, use.Item())).ToList() : [];
        if (parts.Contains(null)) return null;
        var name = takesCodecs ? $"{codec.ToDisplayString(WithoutArguments)}<{string.Join(", ", parts.Select(part => $"{part!.TypeName}, {part.CodecName}"))}>" : closed.FullName();
        var node = new ArtifactNode(type.FullName(), $"{ArtifactTypes.Runtime}CustomCodec<{type.FullName()}, {name}>") { IsImmutable = choice.IsShareable };
        node.Parts.AddRange(parts!);
        return node;
    }

    /// <summary>The codec for the type: as it is, with the type's arguments, or with each followed by its codec.</summary>
    private static INamedTypeSymbol? Construct(INamedTypeSymbol type, INamedTypeSymbol codec, out bool takesCodecs)
    {
        takesCodecs = false;
        if (!codec.IsGenericType || !SymbolEqualityComparer.Default.Equals(codec, codec.OriginalDefinition)) return codec;
        if (codec.Arity == type.Arity) return codec.Construct([.. type.TypeArguments]);
        if (codec.Arity != 2 * type.Arity) return null;
        takesCodecs = true;
        return codec.Construct([.. type.TypeArguments.SelectMany((argument, i) => new[] { argument, codec.TypeParameters[2 * i + 1] })]);
    }

    private (string Found, string Edit) Explain(INamedTypeSymbol type, INamedTypeSymbol codec) =>
        Construct(type, codec, out var takesCodecs) is not { } closed
            ? ($"has {codec.Arity} type parameters and '{type.Shown()}' has {type.Arity}", $"give it as many, or each with a codec: '{codec.Name}<T, TCodec>'")
            : Problem(type, closed) ?? UnmetConstraint(closed, takesCodecs)!.Value;

    private (string Found, string Edit)? Problem(INamedTypeSymbol type, INamedTypeSymbol codec)
    {
        if (!IsCodecOf(codec, type))
            return (codec.AllInterfaces.FirstOrDefault(IsCodec) is { } other ? $"is a codec of '{other.TypeArguments[0].Shown()}'" : "does not implement ICodec", $"implement ICodec<{type.Shown()}>");
        if (codec.TypeKind != TypeKind.Struct || codec.IsRefLikeType) return ($"is {Kind(codec)}, expected a struct", $"declare it as 'readonly struct {codec.Name}'");
        for (var level = codec; level is not null; level = level.ContainingType)
        {
            if (level.IsFileLocal) return ("is a file-local type, so the flow cannot name it", $"remove 'file' from '{level.Name}'");
            if (!types.Compilation.IsSymbolAccessibleWithin(level.OriginalDefinition, types.Flow)) return ($"is not accessible from '{types.Flow.Name}'", $"make '{level.Name}' {(IsHere(level) ? "internal" : "public")}");
        }
        return null;
    }

    private (string Found, string Edit)? UnmetConstraint(INamedTypeSymbol codec, bool takesCodecs)
    {
        for (var i = 0; i < codec.TypeParameters.Length; i += takesCodecs ? 2 : 1)
        {
            var (parameter, argument) = (codec.TypeParameters[i], codec.TypeArguments[i]);
            var isMet = (!parameter.HasUnmanagedTypeConstraint || argument.IsUnmanagedType)
                && (!parameter.HasValueTypeConstraint || (argument.IsValueType && !argument.IsNullableValue()))
                && (!parameter.HasReferenceTypeConstraint || argument.IsReferenceType)
                && parameter.ConstraintTypes.All(constraint => Meets(argument, constraint));
            if (!isMet) return ($"cannot take '{argument.Shown()}' as its type argument '{parameter.Name}'", $"remove the constraint of '{parameter.Name}', or use other items");
        }
        return null;
    }

    /// <summary>A generic constraint speaks of the type parameter, so only its definition is compared.</summary>
    private bool Meets(ITypeSymbol argument, ITypeSymbol constraint) => constraint is INamedTypeSymbol { IsGenericType: true }
        ? Ancestors(argument).Any(ancestor => ancestor.OriginalDefinition.Is(constraint.OriginalDefinition))
        : types.Compilation.HasImplicitConversion(argument, constraint);

    private static IEnumerable<ITypeSymbol> Ancestors(ITypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType) yield return level;
        foreach (var implemented in type.AllInterfaces) yield return implemented;
    }

    private bool IsHere(INamedTypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, types.Compilation.Assembly);

    private static bool IsCodecOf(INamedTypeSymbol codec, INamedTypeSymbol type) => codec.AllInterfaces.Any(found => IsCodec(found) && SymbolEqualityComparer.Default.Equals(found.TypeArguments[0], type));

    private static bool IsCodec(INamedTypeSymbol found) => found.FullMetadataName() == "FlowGen.ICodec`1";

    private static string Kind(INamedTypeSymbol type) => type.IsRefLikeType ? "a ref struct" : type.TypeKind switch
    {
        TypeKind.Interface => "an interface",
        TypeKind.Class => "a class",
        _ => "no struct",
    };
}
