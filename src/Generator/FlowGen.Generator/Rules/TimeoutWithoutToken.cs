using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0604: code that cannot hear that its time is up goes on for nothing. In a process of its own it is killed.</summary>
internal static class TimeoutWithoutToken
{
    public static void Check(StepDeclaration step, PolicyModel policies, FlowContext context)
    {
        if (step.Attributed.Attribute(context.Known.Timeout) is not { } timeout || policies.Isolated || policies.Environment.Count > 0) return;
        if (!step.Method.Parameters.Any(parameter => parameter.Type.Is(context.Known.CancellationToken)))
            context.Report(Descriptors.TimeoutWithoutToken, timeout.Place(), step.Name);
    }
}
