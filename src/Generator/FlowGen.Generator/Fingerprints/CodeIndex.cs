using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Fingerprints;

/// <summary>The code of a compilation in pieces, each read when it is first reached and only once, for all steps of all flows.</summary>
/// <remarks>Flow classes and their base classes are taken member by member, every other type as a whole with the types inside it.</remarks>
internal sealed class CodeIndex
{
    private static readonly SymbolDisplayFormat Shown = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters, memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>Extension methods of these names are called without being named.</summary>
    private static readonly HashSet<string> Patterns = new(StringComparer.Ordinal)
        { "Add", "GetEnumerator", "GetAsyncEnumerator", "GetAwaiter", "Deconstruct", "GetPinnableReference", "Slice", "AppendLiteral", "AppendFormatted" };

    private readonly Compilation _compilation;
    private readonly IReadOnlyList<string> _texts;
    private readonly CancellationToken _cancel;
    private readonly INamedTypeSymbol? _parameter;
    private readonly HashSet<INamedTypeSymbol> _flows = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, CodeUnit> _units = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, string?> _ids = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _derived = new(SymbolEqualityComparer.Default);
    private readonly List<INamedTypeSymbol> _patterns = [];
    private CodeUnit? _project, _settings;

    /// <param name="compilation">What is compiled, without the code of other generators.</param>
    /// <param name="flows">Its flow classes.</param>
    /// <param name="texts">Other texts that generators may read.</param>
    /// <param name="cancel">Stops.</param>
    public CodeIndex(Compilation compilation, IEnumerable<INamedTypeSymbol> flows, IReadOnlyList<string> texts, CancellationToken cancel)
    {
        (_compilation, _texts, _cancel) = (compilation, texts, cancel);
        _parameter = compilation.GetTypeByMetadataName("FlowGen.ParameterAttribute");
        foreach (var flow in flows)
            foreach (var type in ChainOf(flow)) _flows.Add(type);
        Survey(compilation.Assembly.GlobalNamespace);
    }

    /// <summary>A flow class and its base classes in the project, as they are declared.</summary>
    public IEnumerable<INamedTypeSymbol> ChainOf(INamedTypeSymbol flow)
    {
        for (var type = flow; type is not null && IsOwn(type); type = type.BaseType) yield return type.OriginalDefinition;
    }

    public bool IsFlow(INamedTypeSymbol type) => _flows.Contains(type.OriginalDefinition);

    public bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _compilation.Assembly);

    /// <summary>Whether it is a flow parameter, whose value is part of a task's key: its initializer is not part of the code.</summary>
    public bool IsParameter(ISymbol symbol) => _parameter is not null && symbol is IPropertySymbol &&
        symbol.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _parameter));

    /// <summary>Types of the project that run in every step: those whose extension methods are called without a name.</summary>
    public IReadOnlyList<INamedTypeSymbol> Everywhere => _patterns;

    /// <summary>Types of the project that derive from or implement one of its types.</summary>
    public IReadOnlyList<INamedTypeSymbol> DerivedFrom(INamedTypeSymbol type) => _derived.TryGetValue(type, out var found) ? found : [];

    /// <summary>Types of the project that a library's interface or abstract class may stand for. Those of the framework's core are asked for at every turn and reach their objects otherwise.</summary>
    public IReadOnlyList<INamedTypeSymbol> OwnImplementersOf(INamedTypeSymbol type) =>
        type.IsAbstract && type.ContainingNamespace?.ToDisplayString() is not ("System" or "System.Collections" or "System.Collections.Generic") ? DerivedFrom(type.OriginalDefinition) : [];

    public static bool IsOfFlowGen(ITypeSymbol? type) => type is { ContainingNamespace: { Name: "FlowGen", ContainingNamespace.IsGlobalNamespace: true }, ContainingAssembly.Name: "FlowGen.Runtime" };

    /// <summary>Whether it finds code by name.</summary>
    public static bool IsReflection(ISymbol symbol) => symbol.ContainingNamespace?.ToDisplayString() switch
    {
        "System.Reflection" or "System.Reflection.Emit" or "System.Runtime.Loader" or "System.Linq.Expressions" => true,
        "System" => symbol.ContainingType is { Name: "Type" or "AppDomain" or "Activator" } && symbol is IMethodSymbol { IsGenericMethod: false, Name: not ("GetTypeFromHandle" or "ToString" or "Equals" or "GetHashCode") },
        _ => false,
    };

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        _cancel.ThrowIfCancellationRequested();
        if (!_models.TryGetValue(tree, out var model)) _models.Add(tree, model = _compilation.GetSemanticModel(tree));
        return model;
    }

    /// <summary>The unique name of a symbol's declaration; <c>null</c> for what only lives inside a body.</summary>
    public string? IdOf(ISymbol symbol)
    {
        symbol = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol.OriginalDefinition;
        if (!_ids.TryGetValue(symbol, out var id)) _ids.Add(symbol, id = symbol.GetDocumentationCommentId());
        return id;
    }

    /// <summary>What has to be hashed for a symbol; <c>null</c> if it is not code of the project.</summary>
    public ISymbol? UnitOf(ISymbol symbol)
    {
        if (!IsOwn(symbol)) return null;
        symbol = symbol is IMethodSymbol method ? method.AssociatedSymbol ?? method.ReducedFrom ?? method.PartialDefinitionPart ?? method : symbol;
        symbol = symbol.OriginalDefinition;
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType?.OriginalDefinition;
        if (type is null or { IsAnonymousType: true } or { IsImplicitClass: true }) return null;
        if (IsFlow(type)) return symbol is INamedTypeSymbol || symbol.IsImplicitlyDeclared ? null : symbol;
        while (type.ContainingType is { } outer && !IsFlow(outer)) type = outer;
        return type;
    }

    /// <summary>One piece of code, by what <see cref="UnitOf"/> gives.</summary>
    public CodeUnit Unit(ISymbol symbol)
    {
        if (_units.TryGetValue(symbol, out var known)) return known;
        var isType = symbol is INamedTypeSymbol;
        var unit = new CodeUnit(isType ? "type" : "member", symbol.ToDisplayString(Shown));
        _units.Add(symbol, unit);
        var walk = new CodeWalk(this, unit, isType ? null : symbol.ContainingType.OriginalDefinition);
        var isParameter = IsParameter(symbol);
        unit.Hash = TokenHash.Of(Declarations(symbol).SelectMany(Parts).Select(node => walk.Read(node, isParameter ? static part => part is EqualsValueClauseSyntax or AttributeListSyntax : null)).ToList());
        // Declared here and written by another generator.
        if (symbol is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null, ReturnsVoid: false } or IPropertySymbol { IsPartialDefinition: true, PartialImplementationPart: null })
            unit.IsUnresolved = true;
        return unit;
    }

    /// <summary>All source and all other texts: for what cannot be told apart.</summary>
    public CodeUnit Project
    {
        get
        {
            if (_project is not null) return _project;
            var hash = new TokenHash();
            var hashes = new List<string>();
            foreach (var tree in _compilation.SyntaxTrees)
            {
                hash.AddTokens(tree.GetRoot(_cancel));
                hashes.Add(hash.Take());
            }
            return _project = new CodeUnit("source", "all of the project") { Hash = TokenHash.Of(hashes.Concat(_texts.Select(TokenHash.Of))) };
        }
    }

    /// <summary>What holds for all code: whether overflows are checked, and the attributes of the assembly that say how values are stored.</summary>
    public CodeUnit Settings
    {
        get
        {
            if (_settings is not null) return _settings;
            _settings = new CodeUnit("settings", "settings of the project");
            var walk = new CodeWalk(this, _settings, owner: null);
            var attributes = _compilation.Assembly.GetAttributes().Where(attribute => IsOfFlowGen(attribute.AttributeClass)).Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(_cancel)).OfType<SyntaxNode>();
            var overflow = ((CSharpCompilationOptions)_compilation.Options).CheckOverflow ? "checked" : "unchecked";
            _settings.Hash = TokenHash.Of(attributes.Select(node => walk.Read(node)).Append(overflow));
            return _settings;
        }
    }

    private IEnumerable<SyntaxNode> Declarations(ISymbol symbol)
    {
        var parts = symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_cancel));
        if (symbol is IMethodSymbol { PartialImplementationPart: { } implementation }) parts = parts.Concat(implementation.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_cancel)));
        if (symbol is IPropertySymbol { PartialImplementationPart: { } accessors }) parts = parts.Concat(accessors.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_cancel)));
        return parts;
    }

    /// <summary>A field is one of several that are declared together.</summary>
    private static IEnumerable<SyntaxNode> Parts(SyntaxNode declaration) => declaration is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: { } field } fields }
        ? field.ChildNodes().Where(node => node != fields).Append(fields.Type).Append(declaration)
        : [declaration];

    private void Survey(INamespaceOrTypeSymbol space)
    {
        foreach (var member in space.GetMembers())
        {
            if (member is INamespaceSymbol inner) Survey(inner);
            else if (member is INamedTypeSymbol type)
            {
                Enter(type);
                if (type.GetTypeMembers().Length > 0) Survey(type);
            }
        }
    }

    private void Enter(INamedTypeSymbol type)
    {
        if (type.MightContainExtensionMethods && UnitOf(type) is INamedTypeSymbol extensions && type.MemberNames.Any(Patterns.Contains)) _patterns.Add(extensions);
        if (IsFlow(type) || UnitOf(type) is not INamedTypeSymbol unit) return;
        for (var ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType) Derive(ancestor, unit);
        foreach (var contract in type.AllInterfaces) Derive(contract, unit);
    }

    private void Derive(INamedTypeSymbol ancestor, INamedTypeSymbol unit)
    {
        // A type that is taken as a whole with the types inside it stands for all of them.
        var key = UnitOf(ancestor) as INamedTypeSymbol ?? ancestor.OriginalDefinition;
        if (!_derived.TryGetValue(key, out var found)) _derived.Add(key, found = []);
        if (!found.Contains(unit, SymbolEqualityComparer.Default)) found.Add(unit);
    }
}

/// <summary>Short questions about types.</summary>
internal static class CodeSymbols
{
    /// <summary>Whether a type has another, as it is declared, among its base classes.</summary>
    public static bool DerivesFromOther(this INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (var level = type.BaseType; level is not null; level = level.BaseType)
            if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, ancestor.OriginalDefinition)) return true;
        return false;
    }
}
