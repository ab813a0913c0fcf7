using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.CodeFixes;

/// <summary>One repair on offer: what people read, and the nodes that change.</summary>
/// <param name="Title">Such as <c>Add 'partial'</c>.</param>
/// <param name="Targets">The nodes that change, of the unchanged tree.</param>
/// <param name="Change">Gives a target's successor; nodes inside it have been changed already.</param>
internal sealed record Edit(string Title, IReadOnlyList<SyntaxNode> Targets, Func<SyntaxNode, SyntaxNode> Change)
{
    public static Edit Of<T>(string title, T target, Func<T, SyntaxNode> change) where T : SyntaxNode => new(title, [target], node => change((T)node));

    public SyntaxNode Apply(SyntaxNode root) => root.ReplaceNodes(Targets, (_, rewritten) => Change(rewritten));
}
