using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>How well a source's type fits an input's.</summary>
internal enum Fit
{
    Fits,
    WrongType,

    /// <summary>The source may be null where the input may not.</summary>
    MayBeNull,

    /// <summary>The types agree, but tuple elements have other names.</summary>
    TupleNames,
}

/// <summary>What may be bound to what: identity and implicit reference conversions, with nullability and tuple names that agree.</summary>
internal static class Conversions
{
    public static Fit Check(Compilation compilation, ITypeSymbol source, ITypeSymbol target)
    {
        var (from, to) = (source.WithoutNull(), target.WithoutNull());
        var conversion = compilation.ClassifyConversion(from, to);
        if (!conversion.IsIdentity && !(conversion.IsReference && conversion.IsImplicit)) return Fit.WrongType;
        return Compare(compilation, source, target);
    }

    private static Fit Compare(Compilation compilation, ITypeSymbol source, ITypeSymbol target)
    {
        if (source.MayBeNull() && !target.MayBeNull()) return Fit.MayBeNull;
        var (from, to) = (source.WithoutNull(), target.WithoutNull());
        if (from is IArrayTypeSymbol fromArray && to is IArrayTypeSymbol toArray) return Compare(compilation, fromArray.ElementType, toArray.ElementType);
        if (to is not INamedTypeSymbol { TypeArguments.Length: > 0 } toNamed || Same(from, toNamed) is not { } fromNamed) return Fit.Fits;
        if (fromNamed.IsTupleType && toNamed.IsTupleType && !SameNames(fromNamed, toNamed)) return Fit.TupleNames;
        for (var i = 0; i < toNamed.TypeArguments.Length; i++)
            if (Compare(compilation, fromNamed.TypeArguments[i], toNamed.TypeArguments[i]) is var fit && fit != Fit.Fits) return fit;
        return Fit.Fits;
    }

    /// <summary>The type itself, or the base class or interface of it, that has the target's definition.</summary>
    private static INamedTypeSymbol? Same(ITypeSymbol from, INamedTypeSymbol to)
    {
        for (var type = from as INamedTypeSymbol; type is not null; type = type.BaseType)
            if (type.OriginalDefinition.Is(to.OriginalDefinition)) return type;
        return from.AllInterfaces.FirstOrDefault(type => type.OriginalDefinition.Is(to.OriginalDefinition));
    }

    /// <summary>Names differ only where both sides have one: an unnamed tuple promises nothing.</summary>
    private static bool SameNames(INamedTypeSymbol from, INamedTypeSymbol to) => from.TupleElements.Zip(to.TupleElements, (a, b) =>
        !a.IsExplicitlyNamedTupleElement || !b.IsExplicitlyNamedTupleElement || a.Name == b.Name).All(same => same);
}
