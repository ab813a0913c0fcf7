using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Repairs that edit the syntax of one document. Each alternative of a fix has a key of its own, so that "fix all" does the same everywhere.</summary>
public abstract class SyntaxCodeFix : CodeFixProvider
{
    private protected SyntaxCodeFix(params string[] ids) => FixableDiagnosticIds = [.. ids];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var number = 0;
            foreach (var edit in Find(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic))
            {
                var action = CodeAction.Create(edit.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(edit.Apply(root))), $"{GetType().Name}{number++}");
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>The repairs of a diagnostic, the best first.</summary>
    private protected abstract IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic);
}
