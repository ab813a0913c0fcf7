using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads what is needed to write another part of a flow class, and checks the class itself.</summary>
internal static class FlowTypeParser
{
    public static FlowTypeModel Parse(FlowContext context)
    {
        var type = context.Type;
        var canHavePart = MissingPartial.Check(context) & UnsupportedFlowKind.Check(context) & NestedInClosedType.Check(context);
        NullableDisabled.Check(context);
        MissingConstructor.Check(context);
        RequiredMember.Check(context);
        DerivedFlow.Check(context);
        var taken = ReservedMember.Check(context).Distinct().ToEquatable();
        return Read(type) with { CanHavePart = canHavePart, TakenNames = taken };
    }

    /// <summary>The facts alone, without any check.</summary>
    public static FlowTypeModel Read(INamedTypeSymbol type) => new(
        type.MetadataFullName(), type.FullName(), type.Name,
        type.ContainingNamespace.IsGlobalNamespace ? null : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat
            .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)),
        type.WithContainers().Select(Header).ToEquatable())
    {
        CanHavePart = IsPartial(type) && type.WithContainers().All(t => IsPartial(t) && t.TypeParameters.Length == 0) && !type.IsStatic && !type.IsFileLocal,
        IsAccessible = type.WithContainers().All(t => t.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal),
    };

    public static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .All(reference => reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Header(INamedTypeSymbol type)
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        return $"partial {keyword} {type.ToDisplayString(new SymbolDisplayFormat(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers))}";
    }
}
