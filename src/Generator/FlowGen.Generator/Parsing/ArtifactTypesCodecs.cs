using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>An <c>[ArtifactCodec]</c> about a type.</summary>
internal sealed record CodecChoice(INamedTypeSymbol Codec, AttributeData Attribute, IAssemblySymbol Assembly)
{
    public bool IsShareable => Attribute.Named("Shareable") is true;
}

/// <summary>Finds the codecs that people wrote: attributes of this project come first, then those of the type itself, then those of referenced assemblies.</summary>
internal sealed class CustomCodecs(ArtifactTypes types)
{
    private const string AttributeName = "FlowGen.ArtifactCodecAttribute";
    private readonly CodecFit _fit = new(types);
    private ILookup<ISymbol, CodecChoice>? _here, _elsewhere;

    private ILookup<ISymbol, CodecChoice> Here => _here ??= OfAssemblies([types.Compilation.Assembly]);

    /// <summary>Only assemblies that know FlowGen can have its attributes.</summary>
    private ILookup<ISymbol, CodecChoice> Elsewhere => _elsewhere ??= OfAssemblies(types.Compilation.SourceModule.ReferencedAssemblySymbols
        .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == "FlowGen.Runtime"))));

    /// <summary>Whether somebody named a codec for a type. The node is <c>null</c> if it does not fit, which has been reported then.</summary>
    public bool TryVisit(INamedTypeSymbol type, ArtifactUse use, out ArtifactNode? node)
    {
        node = null;
        var choices = Find(type);
        if (choices.Count == 0) return false;
        if (choices.Select(choice => choice.Codec).Distinct(SymbolEqualityComparer.Default).Count() > 1)
            types.Report(Descriptors.AmbiguousCodec, At(choices[0], use), use.Subject, type.Shown(), string.Join(" and ", choices.Select(Describe)), ForeignTypes.Open(type));
        else node = _fit.Visit(type, choices[0], At(choices[0], use));
        return true;
    }

    /// <summary>The attribute is what must be edited, if it is in this project.</summary>
    private static ArtifactUse At(CodecChoice choice, ArtifactUse use) =>
        choice.Attribute.ApplicationSyntaxReference is { } syntax ? use with { MemberLocation = Location.Create(syntax.SyntaxTree, syntax.Span) } : use;

    private List<CodecChoice> Find(INamedTypeSymbol type)
    {
        var definition = type.OriginalDefinition;
        var own = definition.GetAttributes().Where(Is).Select(attribute => Choice(attribute, definition.ContainingAssembly));
        return new[] { Here[type], Here[definition], own, Elsewhere[type], Elsewhere[definition] }
            .Select(found => found.OfType<CodecChoice>().ToList())
            .FirstOrDefault(found => found.Count > 0) ?? [];
    }

    private static ILookup<ISymbol, CodecChoice> OfAssemblies(IEnumerable<IAssemblySymbol> assemblies) => assemblies
        .SelectMany(assembly => assembly.GetAttributes().Where(Is).Select(attribute => (Type: attribute.Argument(0) as INamedTypeSymbol, Choice: Choice(attribute, assembly))))
        .Where(pair => pair is { Type: not null, Choice: not null })
        .ToLookup(pair => (ISymbol)(pair.Type!.IsUnboundGenericType ? pair.Type.OriginalDefinition : pair.Type), pair => pair.Choice!, SymbolEqualityComparer.Default)!;

    private static CodecChoice? Choice(AttributeData attribute, IAssemblySymbol assembly) =>
        attribute.ConstructorArguments.LastOrDefault() is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol codec } ? new CodecChoice(codec, attribute, assembly) : null;

    private static bool Is(AttributeData attribute) => attribute.AttributeClass?.FullMetadataName() == AttributeName;

    private string Describe(CodecChoice choice) =>
        choice.Codec.Shown() + (SymbolEqualityComparer.Default.Equals(choice.Assembly, types.Compilation.Assembly) ? "" : $" of assembly '{choice.Assembly.Name}'");
}
