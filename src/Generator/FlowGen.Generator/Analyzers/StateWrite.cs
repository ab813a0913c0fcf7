using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0801 and FG0802: values that a step leaves in fields reach no other step, or only by chance.</summary>
internal static class StateWrite
{
    private static readonly HashSet<string> s_mutators =
    [
        "Add", "AddAfter", "AddBefore", "AddFirst", "AddLast", "AddOrUpdate", "AddRange", "Append", "AppendFormat", "AppendJoin", "AppendLine", "Clear", "Dequeue", "Enqueue",
        "EnqueueRange", "ExceptWith", "Insert", "InsertRange", "IntersectWith", "Pop", "PopRange", "Push", "PushRange", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst",
        "RemoveLast", "RemoveRange", "RemoveWhere", "Replace", "Reverse", "Set", "SetAll", "Sort", "SymmetricExceptWith", "Take", "TryAdd", "TryDequeue", "TryPop", "TryRemove",
        "TryTake", "TryUpdate", "UnionWith",
    ];

    public static void Check(Reached reached, StepUse step)
    {
        foreach (var target in Targets(reached.Operation))
        {
            // A called method that makes a value once, when it is first needed, does so for each flow object: nobody can tell.
            if (reached.Via is not null && reached.Operation is ICoalesceAssignmentOperation) continue;
            if (Root(target, step.Types) is not IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } root) continue;
            if (root.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } && reached.IsOnFlow)
                step.Report(Descriptors.InstanceStateWrite, reached, root.Syntax, root.Member.Name);
            else if (root is { Instance: null, Member.IsStatic: true } && step.Types.IsOwn(root.Member))
                step.Report(Descriptors.StaticStateWrite, reached, root.Syntax, root.Member.Name);
        }
    }

    private static IEnumerable<IOperation> Targets(IOperation operation) => operation switch
    {
        IDeconstructionAssignmentOperation assignment => Elements(assignment.Target),
        IAssignmentOperation assignment => [assignment.Target],
        IIncrementOrDecrementOperation step => [step.Target],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
        IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref, Initializer.Value: { } value } => [value],
        IInvocationOperation { Instance: { } changed } call when IsMutator(call.TargetMethod) => [changed],
        _ => [],
    };

    private static IEnumerable<IOperation> Elements(IOperation target) => target is ITupleOperation tuple ? tuple.Elements.SelectMany(Elements) : [target];

    /// <summary>What a write changes in the end: the member that holds the array, the collection, the struct or the object of the project's own types.</summary>
    private static IOperation Root(IOperation target, UsageTypes types)
    {
        while (true)
        {
            var holder = target switch
            {
                IArrayElementReferenceOperation element => element.ArrayReference,
                IPropertyReferenceOperation { Arguments.Length: > 0, Instance: IMemberReferenceOperation indexed } => indexed,
                IMemberReferenceOperation { Instance: IMemberReferenceOperation { Type: { } type } outer } when type.IsValueType || types.IsOwn(type) => outer,
                _ => null,
            };
            if (holder is null) return target;
            target = holder;
        }
    }

    private static bool IsMutator(IMethodSymbol method)
    {
        if (method.IsStatic || !s_mutators.Contains(method.Name)) return false;
        var space = method.ContainingType.ContainingNamespace.ToDisplayString();
        return space is "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Collections.ObjectModel"
            || (space == "System.Text" && method.ContainingType.Name == "StringBuilder");
    }
}
