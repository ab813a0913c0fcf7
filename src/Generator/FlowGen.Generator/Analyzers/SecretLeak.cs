using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>FG0805 and FG0806: artifacts are stored and read by everybody; logs and the console are recorded.</summary>
internal static class SecretLeak
{
    public static void Check(Reached reached, StepUse step)
    {
        switch (reached.Operation)
        {
            case IReturnOperation { ReturnedValue: { } value } when reached.Via is null && !IsInFunction(reached.Operation) && Secrets.IsIn(value, step.Types):
                step.Report(Descriptors.RevealedArtifact, reached, value.Syntax, "returns");
                break;
            case IInvocationOperation call when Sink(call) is { } sink && call.Arguments.Any(argument => Secrets.IsIn(argument.Value, step.Types)):
                step.Report(Descriptors.RevealedText, reached, call.Syntax, sink);
                break;
        }
    }

    private static string? Sink(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.ContainingType.Name switch
        {
            "Console" when method.Name.StartsWith("Write", StringComparison.Ordinal) && method.IsOf("System", "Console") => "the console",
            "TextWriter" when call.Instance is IPropertyReferenceOperation { Property: { Name: "Out" or "Error" } writer } && writer.IsOf("System", "Console") => "the console",
            "LoggerExtensions" or "ILogger" when method.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Logging" => "the log",
            "Debug" or "Trace" when method.Name.StartsWith("Write", StringComparison.Ordinal) && method.ContainingNamespace.ToDisplayString() == "System.Diagnostics" => "the trace",
            "StepContext" when method.Name == "Progress" && method.IsOf("FlowGen", "StepContext") => "the progress",
            _ => null,
        };
    }

    /// <summary>A lambda's or local function's result is not yet the step's.</summary>
    private static bool IsInFunction(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        return false;
    }
}
