using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0419: whether a loop goes on must follow from what is recorded, or a resumed run would decide otherwise.</summary>
internal static class StatefulPredicate
{
    /// <param name="reached">An operation that runs when the predicate does.</param>
    /// <param name="step">The step that repeats.</param>
    /// <param name="predicate">The predicate.</param>
    public static void Check(Reached reached, StepUse step, IMethodSymbol predicate)
    {
        if (!reached.IsOnFlow || reached.Operation is not IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Member: var member }) return;
        if (member is IFieldSymbol or IEventSymbol || (member is IPropertySymbol property && property.Attribute(step.Types.Parameter) is null && IsStored(property)))
            step.Report(Descriptors.StatefulPredicate, reached, reached.Operation.Syntax, member.Name, predicate.Name);
    }

    /// <summary>Whether a property has a value of its own; one that is computed is walked through.</summary>
    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => field.AssociatedSymbol.Is(property));
}
