using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>A part of an object's state: a property, a field, or a field that only a constructor's parameter fills.</summary>
internal sealed class StateMember(IPropertySymbol? property, IFieldSymbol? field)
{
    public IPropertySymbol? Property { get; } = property;

    public IFieldSymbol? Field { get; } = field;

    public ISymbol Symbol => (ISymbol?)Property ?? Field!;

    public ITypeSymbol Type => Property?.Type ?? Field!.Type;

    /// <summary>Name as people would write it: <c>weights</c> for <c>_weights</c>.</summary>
    public string Name => Property?.Name ?? Plain(Field!.Name);

    public bool IsRequired => Property?.IsRequired ?? Field!.IsRequired;

    public bool MatchesName(string name) => string.Equals(Plain(Symbol.Name), Plain(name), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the declaration says what the value is when nobody sets it.</summary>
    public bool HasInitializer => Symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).Any(syntax =>
        syntax is PropertyDeclarationSyntax { Initializer: not null } or VariableDeclaratorSyntax { Initializer: not null });

    /// <summary>Whether nothing but the constructor can change it.</summary>
    public bool IsReadOnly => Property is not null && (Field is null || Field.AssociatedSymbol is not null)
        ? Property.SetMethod is null or { IsInitOnly: true }
        : Field!.IsReadOnly;

    public MemberAccess Get(Compilation compilation, INamedTypeSymbol flow) =>
        Property?.GetMethod is { } getter ? (compilation.IsSymbolAccessibleWithin(getter, flow) ? MemberAccess.Direct : MemberAccess.PropertyAccessor)
        : Field is { AssociatedSymbol: null } field && compilation.IsSymbolAccessibleWithin(field, flow) && field.CanBeReferencedByName ? MemberAccess.Direct
        : MemberAccess.FieldAccessor;

    /// <summary>How it is set after construction; <c>null</c> if it cannot be.</summary>
    public MemberAccess? Set(Compilation compilation, INamedTypeSymbol flow)
    {
        // The accessors of a generic type would have to be generic themselves.
        var isGeneric = Symbol.ContainingType.IsGenericType;
        if (Property?.SetMethod is { } setter)
        {
            if (!compilation.IsSymbolAccessibleWithin(setter, flow)) return isGeneric ? null : MemberAccess.PropertyAccessor;
            if (IsRequired) return MemberAccess.Initializer;
            return !setter.IsInitOnly ? MemberAccess.Direct : isGeneric ? MemberAccess.Initializer : MemberAccess.PropertyAccessor;
        }

        if (Property is not null || Field is not { IsReadOnly: false } field || !compilation.IsSymbolAccessibleWithin(field, flow)) return null;
        return !field.CanBeReferencedByName ? null : IsRequired ? MemberAccess.Initializer : MemberAccess.Direct;
    }

    /// <summary>A name without what marks a field: <c>_x</c>, <c>m_x</c> and the compiler's <c>&lt;x&gt;P</c> are all <c>x</c>.</summary>
    public static string Plain(string name)
    {
        if (name.Length > 2 && name[0] == '<' && name.IndexOf('>') is > 1 and var end) return name.Substring(1, end - 1);
        if (name.StartsWith("m_", StringComparison.Ordinal)) name = name.Substring(2);
        var plain = name.TrimStart('_');
        return plain.Length == 0 ? name : plain;
    }
}
