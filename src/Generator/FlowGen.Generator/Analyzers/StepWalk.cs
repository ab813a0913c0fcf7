using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>
/// Yields what runs when a step runs: its body with lambdas and local functions, and the bodies of the project's own methods, constructors and accessors that it
/// calls, nearest first. Bounded in depth and number; other steps, virtual overrides and generated code are not entered.
/// </summary>
internal sealed class StepWalk(UsageTypes types, Compilation compilation, CancellationToken cancel)
{
    private const int MaxDepth = 8;
    private const int MaxBodies = 256;

    public IEnumerable<Reached> Walk(IMethodSymbol step, ImmutableArray<IOperation> blocks)
    {
        var seen = new HashSet<(ISymbol, bool)> { (step, !step.IsStatic) };
        var bodies = new Queue<(IMethodSymbol Method, IEnumerable<IOperation> Blocks, bool IsOnFlow, CallPath? Via)>();
        bodies.Enqueue((step, blocks, !step.IsStatic, null));
        while (bodies.Count > 0)
        {
            var (method, roots, isOnFlow, via) = bodies.Dequeue();
            foreach (var operation in roots.SelectMany(Operations))
            {
                cancel.ThrowIfCancellationRequested();
                yield return new Reached(operation, method, isOnFlow, via);
                if (via is { Depth: >= MaxDepth }) continue;
                foreach (var (callee, target) in Callees(operation))
                {
                    var calleeIsOnFlow = isOnFlow && target is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
                    if (!types.IsOwn(callee) || types.IsStep(callee) || seen.Count >= MaxBodies || !seen.Add((callee, calleeIsOnFlow)) || Body(callee) is not { } body) continue;
                    var name = NameOf(callee);
                    var path = via is null ? new CallPath(operation.Syntax, name, 1) : new CallPath(via.Call, $"{via.Methods} -> {name}", via.Depth + 1);
                    bodies.Enqueue((callee, [body], calleeIsOnFlow, path));
                }
            }
        }
    }

    /// <summary>An operation and those inside it in source order, without what <c>nameof</c> only names.</summary>
    private static IEnumerable<IOperation> Operations(IOperation root)
    {
        var open = new Stack<IOperation>();
        open.Push(root);
        while (open.Count > 0)
        {
            var operation = open.Pop();
            if (operation is INameOfOperation) continue;
            yield return operation;
            foreach (var child in operation.ChildOperations.Reverse()) open.Push(child);
        }
    }

    private static IEnumerable<(IMethodSymbol Callee, IOperation? Target)> Callees(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: not MethodKind.LocalFunction } call:
                yield return (call.TargetMethod.OriginalDefinition, call.Instance);
                break;
            case IMethodReferenceOperation { Method.MethodKind: not MethodKind.LocalFunction } reference:
                yield return (reference.Method.OriginalDefinition, reference.Instance);
                break;
            case IObjectCreationOperation { Constructor: { IsImplicitlyDeclared: false } constructor }:
                yield return (constructor.OriginalDefinition, null);
                break;
            case IPropertyReferenceOperation property:
                var isWritten = property.Parent is IAssignmentOperation assignment && assignment.Target == property;
                var isRead = !isWritten || property.Parent is ICompoundAssignmentOperation or ICoalesceAssignmentOperation;
                if (isRead && property.Property.GetMethod is { } getter) yield return (getter.OriginalDefinition, property.Instance);
                if (isWritten && property.Property.SetMethod is { } setter) yield return (setter.OriginalDefinition, property.Instance);
                break;
        }
    }

    public IOperation? Body(IMethodSymbol method)
    {
        var declaration = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.FirstOrDefault();
        if (declaration?.GetSyntax(cancel) is not { } syntax || IsGenerated(syntax.SyntaxTree.FilePath)) return null;
        var hasBody = syntax switch
        {
            BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null } => true,
            AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null } => true,
            ArrowExpressionClauseSyntax => true,
            _ => false,
        };
        if (!hasBody) return null;
        // Only what steps call is asked for, and the models of a compilation under analysis are cached.
#pragma warning disable RS1030
        return compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancel);
#pragma warning restore RS1030
    }

    private static string NameOf(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => "new " + method.ContainingType.Name,
        MethodKind.PropertyGet or MethodKind.PropertySet => method.AssociatedSymbol!.Name,
        _ => method.Name,
    };

    private static bool IsGenerated(string file) =>
        file.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase);
}
