using System.Net;
using System.Text.RegularExpressions;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads documentation comments from the trivia: the compiler parses none unless a documentation file is asked for.</summary>
internal static class DocReader
{
    private static readonly Regex Summary = new(@"<summary>(.*?)(</summary>|\z)", RegexOptions.Singleline);
    private static readonly Regex ParagraphEnd = new(@"<para\s*/?>|</para>|\n\s*\n");
    private static readonly Regex Reference = new(@"<(?:see|seealso|paramref|typeparamref)\s+(?:cref|name|langword|href)\s*=\s*""(?:[A-Z]:)?([^""]*)""\s*/>");
    private static readonly Regex Tag = new("<[^>]*>");
    private static readonly Regex Blank = new(@"\s+");
    private static readonly Regex Marker = new(@"^[ \t]*(///|/\*\*|\*/|\*(?!/))[ \t]?|\*/\s*$", RegexOptions.Multiline);

    /// <summary>Summaries of a class and of its members, those of base classes in the same program included.</summary>
    public static DocTexts Read(INamedTypeSymbol flow, CancellationToken cancel)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        string? own = null;
        for (var type = flow; type is not null; type = type.BaseType)
        {
            foreach (var reference in type.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancel) is not TypeDeclarationSyntax declaration) continue;
                if (type.Equals(flow, SymbolEqualityComparer.Default)) own ??= SummaryOf(declaration);
                foreach (var member in declaration.Members)
                    if (NameOf(member) is { } name && !members.ContainsKey(name) && SummaryOf(member) is { } text) members.Add(name, text);
            }
        }
        return new DocTexts(own, members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new DocText(m.Key, m.Value)).ToEquatable());
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };

    private static string? SummaryOf(SyntaxNode node)
    {
        var comment = string.Concat(node.GetLeadingTrivia().Where(IsDocumentation).Select(trivia => trivia.ToFullString() + "\n"));
        return comment.Length == 0 ? null : FirstParagraph(comment);
    }

    private static bool IsDocumentation(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => true,
        SyntaxKind.SingleLineCommentTrivia => trivia.ToFullString().StartsWith("///", StringComparison.Ordinal),
        SyntaxKind.MultiLineCommentTrivia => trivia.ToFullString().StartsWith("/**", StringComparison.Ordinal),
        _ => false,
    };

    private static string? FirstParagraph(string comment)
    {
        var text = Marker.Replace(comment.Replace("\r", ""), "");
        if (Summary.Match(text) is not { Success: true } summary) return null;
        var paragraph = ParagraphEnd.Split(summary.Groups[1].Value.Trim()).FirstOrDefault(p => p.Trim().Length > 0) ?? "";
        var plain = WebUtility.HtmlDecode(Tag.Replace(Reference.Replace(paragraph, "$1"), ""));
        return Blank.Replace(plain, " ").Trim() is { Length: > 0 } result ? result : null;
    }
}
