using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the state of an object: for types of this compilation their fields, base classes included; for others, what is public.</summary>
internal sealed class ArtifactState(ArtifactTypes types, INamedTypeSymbol type, ArtifactUse use)
{
    private readonly List<StateMember> _members = [];

    public IReadOnlyList<StateMember> Members => _members;

    /// <summary>Whether the compiler has seen all fields, and none is left out.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <returns>Whether the type may be stored.</returns>
    public bool Find()
    {
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = type; level is not null && level.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); level = level.BaseType) levels.Push(level);
        foreach (var level in levels)
        {
            if (IsDeclaredHere(level))
            {
                if (!HasNoEvents(level)) return false;
                AddFields(level);
            }
            else if (MayBeForeign(level)) AddPublic(level);
            else return ReportForeign(level);
        }
        return true;
    }

    public bool IsDeclaredHere(INamedTypeSymbol level) => SymbolEqualityComparer.Default.Equals(level.ContainingAssembly, types.Compilation.Assembly);

    private bool MayBeForeign(INamedTypeSymbol level) => ArtifactAnnotations.IsRecord(level) || ArtifactAnnotations.IsMessagePackObject(level)
        || ArtifactAnnotations.IsVouchedFor(types.Compilation, level) || level.IsTupleType || level.FullMetadataName().StartsWith("System.Tuple`", StringComparison.Ordinal);

    /// <summary>An event without accessors has a field that the compiler does not show; its type is refused as code.</summary>
    private bool HasNoEvents(INamedTypeSymbol level)
    {
        var events = level.GetMembers().OfType<IEventSymbol>().Where(e => !e.IsStatic && e.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is VariableDeclaratorSyntax)).ToList();
        foreach (var declared in events) types.Visit(declared.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), use.Member(declared));
        return events.Count == 0;
    }

    private void AddFields(INamedTypeSymbol level)
    {
        var properties = level.GetMembers().OfType<IPropertySymbol>().Where(p => p is { IsStatic: false, IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true }).ToList();
        foreach (var field in level.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || field.IsConst) continue;
            var property = field.AssociatedSymbol is null
                ? properties.FirstOrDefault(p => p.GetMethod is not null && field.DeclaredAccessibility == Accessibility.Private && IsAbout(p, field))
                : properties.FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(p, field.AssociatedSymbol));
            Add(new StateMember(property, field));
        }
    }

    private void AddPublic(INamedTypeSymbol level)
    {
        IsComplete = false;
        foreach (var member in level.GetMembers().Where(m => m is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }))
        {
            if (member is IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property) Add(new StateMember(property, null));
            else if (member is IFieldSymbol { IsConst: false } field) Add(new StateMember(null, field));
        }
    }

    private void Add(StateMember member)
    {
        if (ArtifactAnnotations.IsIgnored(member.Symbol) || (member.Field is { } field && ArtifactAnnotations.IsIgnored(field))) IsComplete = false;
        else _members.Add(member);
    }

    private bool ReportForeign(INamedTypeSymbol level)
    {
        var edit = SymbolEqualityComparer.Default.Equals(level, type)
            ? $"copy what you need into a record, or vouch for it with [assembly: ArtifactType(typeof({ForeignTypes.Open(level)}))]"
            : $"do not derive from it, or vouch for it with [assembly: ArtifactType(typeof({ForeignTypes.Open(level)}))]";
        var shown = SymbolEqualityComparer.Default.Equals(level, type) ? level.Shown() : $"{type.Shown()}, derived from {level.Shown()}";
        types.Report(Descriptors.ForeignType, use, use.Subject, shown, level.ContainingAssembly.Name, edit);
        return false;
    }

    private static bool IsAbout(IPropertySymbol property, IFieldSymbol field) =>
        string.Equals(StateMember.Plain(field.Name), property.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(property.Type, field.Type);
}

/// <summary>How types of others are named in attributes.</summary>
internal static class ForeignTypes
{
    /// <summary>Without type arguments, as <c>typeof</c> takes it.</summary>
    public static string Open(INamedTypeSymbol type) => type.IsGenericType ? $"{type.Name}<{new string(',', type.Arity - 1)}>" : type.Name;
}
