using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0808: a step that ends the process takes the whole run down, with all tasks that run beside it.</summary>
internal static class ProcessEnd
{
    public static void Check(Reached reached, StepUse step)
    {
        if (reached.Operation is not IInvocationOperation { TargetMethod: var method } call) return;
        var isEnd = method.Name switch
        {
            "Exit" or "FailFast" => method.IsOf("System", "Environment"),
            "Kill" => method.IsOf("System.Diagnostics", "Process") && IsOwnProcess(call.Instance),
            _ => false,
        };
        if (isEnd) step.Report(Descriptors.ProcessEnd, reached, call.Syntax, $"{method.ContainingType.Name}.{method.Name}");
    }

    private static bool IsOwnProcess(IOperation? process) => process switch
    {
        IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" } => true,
        ILocalReferenceOperation { Local: var local, SemanticModel: { } model } =>
            local.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && model.GetOperation(declared.GetSyntax()) is IVariableDeclaratorOperation { Initializer.Value: IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" } },
        _ => false,
    };
}
