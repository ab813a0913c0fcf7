using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0801 and FG0802: values that a step leaves in fields reach no other step, or only by chance.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateWriteAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.InstanceStateWrite, Descriptors.StaticStateWrite];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var known = new KnownTypes(start.Compilation);
            if (known.Step is null) return;
            start.RegisterOperationAction(operation => Check(operation, known),
                OperationKind.SimpleAssignment, OperationKind.CompoundAssignment, OperationKind.CoalesceAssignment, OperationKind.DeconstructionAssignment,
                OperationKind.Increment, OperationKind.Decrement, OperationKind.Argument);
        });
    }

    private static void Check(OperationAnalysisContext context, KnownTypes known)
    {
        if (context.ContainingSymbol is not IMethodSymbol method || !IsStep(method, known)) return;
        foreach (var target in Targets(context.Operation))
        {
            var descriptor = target switch
            {
                IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => Descriptors.InstanceStateWrite,
                IMemberReferenceOperation { Instance: null, Member: { IsStatic: true } member } when member.ContainingAssembly.Is(context.Compilation.Assembly) => Descriptors.StaticStateWrite,
                _ => null,
            };
            if (descriptor is null) continue;
            var isTask = known.IsTask(method.ReturnType);
            context.ReportDiagnostic(Diagnostic.Create(descriptor, target.Syntax.GetLocation(),
                Names.OfStep(method.Name, isTask), ((IMemberReferenceOperation)target).Member.Name));
        }
    }

    private static ImmutableArray<IOperation> Targets(IOperation operation) => operation switch
    {
        IDeconstructionAssignmentOperation { Target: ITupleOperation tuple } => tuple.Elements,
        IAssignmentOperation assignment => [Owner(assignment.Target)],
        IIncrementOrDecrementOperation step => [Owner(step.Target)],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
        _ => [],
    };

    /// <summary>What a write changes: for an element of an array or a field of a struct, the member that holds it.</summary>
    private static IOperation Owner(IOperation target)
    {
        while (true)
        {
            if (target is IArrayElementReferenceOperation { ArrayReference: IMemberReferenceOperation array }) target = array;
            else if (target is IFieldReferenceOperation { Instance: IMemberReferenceOperation { Type.IsValueType: true } outer }) target = outer;
            else return target;
        }
    }

    private static bool IsStep(IMethodSymbol method, KnownTypes known)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
            if (current.Attribute(known.Step) is not null) return true;
        return false;
    }
}
