using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0120: attributes that nobody looks at, because they stand outside a flow or a step.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisplacedAttributeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.MisplacedAttribute];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var known = new KnownTypes(start.Compilation);
            if (known.Flow is null) return;
            start.RegisterSymbolAction(symbol => CheckMethod(symbol, known), SymbolKind.Method);
            start.RegisterSymbolAction(symbol => CheckProperty(symbol, known), SymbolKind.Property);
            start.RegisterSymbolAction(symbol => CheckType(symbol, known), SymbolKind.NamedType);
            // Syntax, not operations: asking for those would bind the body of every method of the project.
            start.RegisterSyntaxNodeAction(node => CheckLocal(node, known), SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
        });
    }

    private static void CheckMethod(SymbolAnalysisContext context, KnownTypes known)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (known.StepOf(method) is { } step)
        {
            CheckOwner(context, step, known);
            return;
        }

        var end = method.Attribute(known.Finally);
        var resource = method.Attribute(known.PerWorker);
        if ((end ?? resource) is { } role) CheckOwner(context, role, known);
        var (reason, edit) = OverridesStep(method, known)
            ? ("overrides a step and keeps its attributes", $"add [Step] to '{method.Name}' to give it attributes of its own")
            : end is not null ? ("is called at the end of a run and is no step", "remove it")
            : resource is not null ? ("opens a resource and is no step", "remove it")
            : ("is no step", $"add [Step] to '{method.Name}', or remove it");
        Check(method, known.OfSteps);
        if (resource is null) foreach (var parameter in method.Parameters) Check(parameter, known.OfInputs);

        void Check(ISymbol symbol, IEnumerable<INamedTypeSymbol?> attributes)
        {
            foreach (var attribute in attributes)
                if (symbol.Attribute(attribute) is { } found)
                    context.ReportDiagnostic(Describe(found, symbol.Name, $"'{method.Name}' {reason}", edit, end is null && resource is null ? Repair.Of(Repair.Mark, "Step") : null));
        }
    }

    private static void CheckProperty(SymbolAnalysisContext context, KnownTypes known)
    {
        if (context.Symbol.Attribute(known.Parameter) is { } parameter) CheckOwner(context, parameter, known);
        else if ((context.Symbol.Attribute(known.FromRun) ?? context.Symbol.Attribute(known.FromSchedule)) is { } source)
            Report(context, source, context.Symbol.Name, $"'{context.Symbol.Name}' is no parameter", $"add [Parameter] to '{context.Symbol.Name}', or remove it");
    }

    private static void CheckType(SymbolAnalysisContext context, KnownTypes known)
    {
        if (context.Symbol.Attribute(known.Flow) is not null) return;
        foreach (var attribute in known.OfFlows)
            if (context.Symbol.Attribute(attribute) is { } found) Report(context, found, context.Symbol.Name, $"'{context.Symbol.Name}' is no flow", $"mark '{context.Symbol.Name}' with [Flow], or remove it");
    }

    private static void CheckLocal(SyntaxNodeAnalysisContext context, KnownTypes known)
    {
        var (lists, name) = context.Node is LocalFunctionStatementSyntax local ? (local.AttributeLists, local.Identifier.ValueText) : (((LambdaExpressionSyntax)context.Node).AttributeLists, "a lambda");
        if (lists.Count == 0) return;
        var symbol = context.Node is LocalFunctionStatementSyntax ? context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol;
        if (symbol is not IMethodSymbol method) return;
        foreach (var attribute in known.OfSteps.Concat([known.Finally, known.PerWorker]).Prepend(known.SubFlow).Prepend(known.Step))
            if (method.Attribute(attribute) is { } found)
                context.ReportDiagnostic(Describe(found, name, "it is part of a method", "make it a method of the flow class, marked with [Step]"));
    }

    /// <summary>Steps and parameters belong to a flow, or to an abstract class from which flows derive.</summary>
    private static void CheckOwner(SymbolAnalysisContext context, AttributeData attribute, KnownTypes known)
    {
        var owner = context.Symbol.ContainingType;
        if (owner.Attribute(known.Flow) is not null || owner is { IsAbstract: true, IsStatic: false, TypeKind: TypeKind.Class }) return;
        var edit = owner is { TypeKind: TypeKind.Class, IsStatic: false, IsSealed: false }
            ? $"mark '{owner.Name}' with [Flow], or make it abstract for flows to derive from"
            : "move it into a class marked with [Flow]";
        Report(context, attribute, context.Symbol.Name, $"'{owner.Name}' is no flow", edit);
    }

    private static bool OverridesStep(IMethodSymbol method, KnownTypes known)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
            if (known.StepOf(current) is not null) return true;
        return false;
    }

    private static void Report(SymbolAnalysisContext context, AttributeData attribute, string on, string reason, string edit) =>
        context.ReportDiagnostic(Describe(attribute, on, reason, edit));

    private static Diagnostic Describe(AttributeData attribute, string on, string reason, string edit, ImmutableDictionary<string, string?>? repairs = null) =>
        Diagnostic.Create(Descriptors.MisplacedAttribute, attribute.Place(), repairs, BadValidation.ShortName(attribute), on, reason, edit);
}
