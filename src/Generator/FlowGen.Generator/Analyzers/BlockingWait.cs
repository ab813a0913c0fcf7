using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0803: a thread that waits for a task computes nothing, and the task may need that very thread to end.</summary>
internal static class BlockingWait
{
    public static void Check(Reached reached, StepUse step)
    {
        var (found, edit) = reached.Operation switch
        {
            IPropertyReferenceOperation { Property: { Name: "Result" } property, Instance: { } task } when step.Types.IsTask(property.ContainingType) && !IsAwaited(task) =>
                ("'.Result'", Await(step)),
            IInvocationOperation { TargetMethod: { Name: "Wait", IsStatic: false } wait, Instance: { } task } when step.Types.IsTask(wait.ContainingType) && !IsAwaited(task) =>
                ("'.Wait()'", Await(step)),
            IInvocationOperation { TargetMethod: { Name: "WaitAll" or "WaitAny", IsStatic: true } wait } when step.Types.IsTask(wait.ContainingType) =>
                ($"'Task.{wait.Name}'", $"await 'Task.When{wait.Name.Substring("Wait".Length)}' instead"),
            IInvocationOperation { TargetMethod: { Name: "GetResult" } result, Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } }
                when IsAwaiter(result.ContainingType) && !IsAwaited(task) => ("'.GetAwaiter().GetResult()'", Await(step)),
            IInvocationOperation { TargetMethod: { Name: "Sleep" } sleep } when step.IsAsync && sleep.IsOf("System.Threading", "Thread") =>
                ("'Thread.Sleep'", "await 'Task.Delay' with the step's CancellationToken instead"),
            _ => default,
        };
        if (found is not null) step.Report(Descriptors.BlockingWait, reached, reached.Operation.Syntax, found, edit);
    }

    private static string Await(StepUse step) => step.IsAsync ? "await the task instead" : "make the step async and await the task instead";

    private static bool IsAwaiter(INamedTypeSymbol type) =>
        type.Name.EndsWith("Awaiter", StringComparison.Ordinal) && type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices";

    /// <summary>Whether the task has ended for sure: an await before mentions it, or waits for many tasks of which it may be one.</summary>
    private static bool IsAwaited(IOperation task)
    {
        var symbol = task switch { ILocalReferenceOperation local => (ISymbol)local.Local, IParameterReferenceOperation parameter => parameter.Parameter, _ => null };
        if (symbol is null) return false;
        var root = task;
        while (root.Parent is { } parent) root = parent;
        return root.Descendants().OfType<IAwaitOperation>()
            .Where(wait => wait.Syntax.SpanStart < task.Syntax.SpanStart)
            .Any(wait => wait.Operation.DescendantsAndSelf().Any(part => part switch
            {
                ILocalReferenceOperation local => local.Local.Is(symbol),
                IParameterReferenceOperation parameter => parameter.Parameter.Is(symbol),
                IInvocationOperation call => call.TargetMethod.Name == "WhenAll" && symbol is IParameterSymbol,
                _ => false,
            }));
    }
}
