using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Analyzers;

/// <summary>The step that is walked, and where its mistakes go.</summary>
internal sealed class StepUse(IMethodSymbol method, UsageTypes types, Action<Diagnostic> report)
{
    private readonly HashSet<(string, SyntaxNode, string)> _told = [];

    public UsageTypes Types { get; } = types;

    public IMethodSymbol Method { get; } = method;

    public string Name { get; } = Names.OfStep(method.Name, types.IsTask(method.ReturnType));

    /// <summary>Whether results of the step are taken from earlier runs.</summary>
    public bool IsCached { get; } = method.Attribute(types.Cache) is not null;

    public bool IsAsync { get; } = types.IsTask(method.ReturnType);

    /// <summary>
    /// Reports at the place if it is in the step itself, else at the step's call, with the place beside it: so a <c>#pragma</c> stands where the step decides.
    /// The message's arguments are the step, what was found, and the way there; then those of the rule.
    /// </summary>
    public void Report(DiagnosticDescriptor descriptor, Reached reached, SyntaxNode place, string found, params string[] more)
    {
        var at = reached.Via is null ? place : Callee(reached.Via.Call);
        if (!_told.Add((descriptor.Id, at, found))) return;
        var path = reached.Via is null ? "" : $" ({Name} -> {reached.Via.Methods})";
        report(Diagnostic.Create(descriptor, at.GetLocation(), reached.Via is null ? [] : [place.GetLocation()], [Name, found, path, .. more]));
    }

    /// <summary>The name in a call.</summary>
    private static SyntaxNode Callee(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        BaseObjectCreationExpressionSyntax and ObjectCreationExpressionSyntax { Type: var type } => type,
        _ => call,
    };
}
