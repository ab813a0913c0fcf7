using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Adds and removes attributes as a person would.</summary>
internal static class Attributes
{
    private static readonly string[] Bindings = ["From", "ForEach", "Gather", "OneOf", "Carry"];

    /// <summary>A list of one attribute, such as <c>[From(nameof(Load))]</c>, and the space after it.</summary>
    public static AttributeListSyntax Parse(string attribute) =>
        SyntaxFactory.ParseParameterList($"([{attribute}] int _)").Parameters[0].AttributeLists[0];

    /// <summary>Adds an attribute to an input; one of its kind gets the arguments instead and keeps its named ones.</summary>
    public static ParameterSyntax Add(ParameterSyntax parameter, string attribute)
    {
        var added = Parse(attribute);
        var same = parameter.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(found => ShortName(found) == ShortName(added.Attributes[0]));
        if (same is not null) return parameter.ReplaceNode(same, WithArguments(same, added.Attributes[0].ArgumentList!));
        return parameter.AttributeLists.Count == 0
            ? parameter.WithoutLeadingTrivia().AddAttributeLists(added).WithLeadingTrivia(parameter.GetLeadingTrivia())
            : parameter.AddAttributeLists(added);
    }

    /// <summary>Puts an attribute in front of those that a member has, or before its first modifier.</summary>
    public static MemberDeclarationSyntax Mark(MemberDeclarationSyntax member, string attribute)
    {
        if (member.AttributeLists is [var first, ..])
        {
            var marked = first.WithAttributes(first.Attributes.Insert(0, Parse(attribute).Attributes[0]));
            return (MemberDeclarationSyntax)member.ReplaceNode(first, Spaced(marked));
        }
        var lists = SyntaxFactory.SingletonList(Parse(attribute));
        return member.WithoutLeadingTrivia().WithAttributeLists(lists).WithLeadingTrivia(member.GetLeadingTrivia());
    }

    /// <summary>Removes attributes; what stood before the first of them stays.</summary>
    public static SyntaxNode Remove(SyntaxNode owner, Func<AttributeSyntax, bool> which)
    {
        var leading = owner.GetLeadingTrivia();
        var lists = Lists(owner);
        var changed = owner.ReplaceNodes(lists, (list, _) => Without(list, which));
        var empty = Lists(changed).Where(list => list.Attributes.Count == 0).ToList();
        return changed.RemoveNodes(empty, SyntaxRemoveOptions.KeepNoTrivia)!.WithLeadingTrivia(leading);
    }

    public static string ShortName(AttributeSyntax attribute)
    {
        var name = attribute.Name switch { QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText, SimpleNameSyntax simple => simple.Identifier.ValueText, _ => attribute.Name.ToString() };
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    public static bool IsBinding(AttributeSyntax attribute) => Bindings.Contains(ShortName(attribute));

    private static List<AttributeListSyntax> Lists(SyntaxNode owner) => owner.ChildNodes().OfType<AttributeListSyntax>().ToList();

    private static AttributeListSyntax Without(AttributeListSyntax list, Func<AttributeSyntax, bool> which)
    {
        var rest = SyntaxFactory.SeparatedList(list.Attributes.Where(attribute => !which(attribute)));
        return Spaced(list.WithAttributes(rest));
    }

    private static AttributeSyntax WithArguments(AttributeSyntax attribute, AttributeArgumentListSyntax given)
    {
        var named = attribute.ArgumentList?.Arguments.Where(argument => argument.NameEquals is not null) ?? [];
        return attribute.WithArgumentList(given.WithArguments(Spaced(given.Arguments.Concat(named))));
    }

    private static AttributeListSyntax Spaced(AttributeListSyntax list) => list.WithAttributes(Spaced<AttributeSyntax>(list.Attributes));

    private static SeparatedSyntaxList<T> Spaced<T>(IEnumerable<T> nodes) where T : SyntaxNode
    {
        var all = nodes.ToList();
        return SyntaxFactory.SeparatedList(all, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, all.Count - 1)));
    }
}
