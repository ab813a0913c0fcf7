using System.Collections.Immutable;
using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Renames an input, wherever the step uses it, to what it was probably meant to be.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameInputFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["FG0201"];

    /// <summary>None: each rename changes what the next one finds.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter) continue;
            foreach (var name in Repair.Read(diagnostic, Repair.Name))
                context.RegisterCodeFix(CodeAction.Create($"Rename to '{name}'", cancel => RenameAsync(context.Document, parameter, name, cancel), $"{nameof(RenameInputFix)}:{name}"), diagnostic);
        }
    }

    private static async Task<Solution> RenameAsync(Document document, ParameterSyntax parameter, string name, CancellationToken cancel)
    {
        var model = await document.GetSemanticModelAsync(cancel).ConfigureAwait(false);
        var solution = document.Project.Solution;
        return model!.GetDeclaredSymbol(parameter, cancel) is { } symbol
            ? await Renamer.RenameSymbolAsync(solution, symbol, new SymbolRenameOptions(), name, cancel).ConfigureAwait(false)
            : solution;
    }
}
