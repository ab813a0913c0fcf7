using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0607: an amount of memory or disk has a unit.</summary>
internal static class BadQuantity
{
    public static long? Check(StepDeclaration step, AttributeData resources, string argument, FlowContext context)
    {
        if (resources.Named(argument) is not string text) return null;
        if (Quantity.Parse(text) is { } bytes) return bytes;
        context.Report(Descriptors.BadQuantity, resources.ArgumentPlace(0, argument), step.Name, argument, text, Quantity.Guess(text) is { } meant ? $"\"{meant}\"" : "it like \"512Mi\" or \"4Gi\"");
        return null;
    }
}
