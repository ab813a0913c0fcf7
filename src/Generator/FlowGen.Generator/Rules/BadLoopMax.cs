using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0414: a loop that never ends is a mistake that costs money, so its author says how far it may go.</summary>
internal static class BadLoopMax
{
    public static int? Check(StepDeclaration step, AttributeData loop, FlowContext context)
    {
        var max = loop.Named("Max") as int?;
        if (max >= 1) return max;
        // What is no number is the compiler's to tell.
        if (max is null && loop.NamedArguments.Any(argument => argument.Key == "Max")) return null;
        context.Report(Descriptors.BadLoopMax, max is null ? loop.Place() : loop.ArgumentPlace(0, "Max"), step.Name, max is null ? "without Max" : $"with Max = {max}");
        return null;
    }
}
