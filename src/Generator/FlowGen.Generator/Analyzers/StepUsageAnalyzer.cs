using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG08xx: what the code of steps, and of the project's methods that they call, must not do; FG0419: the same of what says whether a loop goes on.</summary>
/// <remarks>Each step is walked once for all rules. Types without steps cost the look at their members, their bodies are never bound.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepUsageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.InstanceStateWrite, Descriptors.StaticStateWrite, Descriptors.BlockingWait, Descriptors.UnrepeatableRead,
        Descriptors.RevealedArtifact, Descriptors.RevealedText, Descriptors.UnawaitedTask, Descriptors.ProcessEnd, Descriptors.StatefulPredicate,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var types = new UsageTypes(start.Compilation);
            if (types.Step is null) return;
            start.RegisterSymbolStartAction(type =>
            {
                if (((INamedTypeSymbol)type.Symbol).GetMembers().Any(types.IsStep))
                    type.RegisterOperationBlockAction(block => Check(block, types));
            }, SymbolKind.NamedType);
        });
    }

    private static void Check(OperationBlockAnalysisContext context, UsageTypes types)
    {
        if (context.OwningSymbol is not IMethodSymbol method || !types.IsStep(method)) return;
        var step = new StepUse(method, types, context.ReportDiagnostic);
        var walk = new StepWalk(types, context.Compilation, context.CancellationToken);
        if (types.PredicateOf(method) is { } predicate && walk.Body(predicate) is { } body)
            foreach (var reached in walk.Walk(predicate, [body])) StatefulPredicate.Check(reached, step, predicate);
        foreach (var reached in walk.Walk(method, context.OperationBlocks))
        {
            StateWrite.Check(reached, step);
            BlockingWait.Check(reached, step);
            UnrepeatableRead.Check(reached, step);
            SecretLeak.Check(reached, step);
            UnawaitedTask.Check(reached, step);
            ProcessEnd.Check(reached, step);
        }
    }
}
