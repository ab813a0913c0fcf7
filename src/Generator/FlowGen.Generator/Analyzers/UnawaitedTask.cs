using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0807: work that nobody waits for goes on after the step has ended, and nobody hears that it failed.</summary>
internal static class UnawaitedTask
{
    public static void Check(Reached reached, StepUse step)
    {
        var started = reached.Operation switch
        {
            // In async code the compiler tells this itself (CS4014).
            IExpressionStatementOperation { Operation: IInvocationOperation call } statement when step.Types.IsTask(call.Type) && !IsInAsyncCode(statement, reached.Method) => call,
            ISimpleAssignmentOperation { Target: IDiscardOperation, Value: IInvocationOperation call } when step.Types.IsTask(call.Type) => call,
            IVariableDeclaratorOperation { Symbol: { } local, Initializer.Value: IInvocationOperation call } declared when step.Types.IsTask(call.Type) && !IsUsed(local, declared) => call,
            IInvocationOperation { TargetMethod: { Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" } queue } call when queue.IsOf("System.Threading", "ThreadPool") => call,
            _ => null,
        };
        if (started is null) return;
        var isTask = step.Types.IsTask(started.Type);
        step.Report(Descriptors.UnawaitedTask, reached, started.Syntax, $"{started.TargetMethod.ContainingType.Name}.{started.TargetMethod.Name}",
            isTask ? (step.IsAsync ? "await it" : "make the step async and await it") : "use 'Task.Run' and await it");
    }

    private static bool IsInAsyncCode(IOperation operation, IMethodSymbol method)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda) return lambda.Symbol.IsAsync;
            if (current is ILocalFunctionOperation local) return local.Symbol.IsAsync;
        }
        return method.IsAsync;
    }

    private static bool IsUsed(ILocalSymbol local, IOperation declared)
    {
        var root = declared;
        while (root.Parent is { } parent) root = parent;
        return root.Descendants().Any(part => part is ILocalReferenceOperation reference && reference.Local.Is(local));
    }
}
