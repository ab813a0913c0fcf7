using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0604: code that cannot hear that its time is up goes on for nothing.</summary>
internal static class TimeoutWithoutToken
{
    public static void Check(StepDeclaration step, AttributeData timeout, FlowContext context)
    {
        if (!step.Method.Parameters.Any(parameter => parameter.Type.Is(context.Known.CancellationToken)))
            context.Report(Descriptors.TimeoutWithoutToken, timeout.Place(), step.Name);
    }
}
