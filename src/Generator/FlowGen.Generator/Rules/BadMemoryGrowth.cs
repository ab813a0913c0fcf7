using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0609: memory grows from something to something more.</summary>
internal static class BadMemoryGrowth
{
    public static (double Factor, long Limit)? Check(StepDeclaration step, AttributeData resources, long? memory, FlowContext context)
    {
        if (resources.Named("OnOutOfMemory") is not string text) return null;
        var growth = Quantity.ParseGrowth(text);
        var found = growth is null ? "expected a factor of more than 1 and at most 16 and a limit"
            : resources.Named("Memory") is null ? "but no Memory that could grow"
            : growth.Value.Limit <= memory ? "but its Memory is no less than that"
            : null;
        if (found is null) return growth;
        context.Report(Descriptors.BadMemoryGrowth, resources.ArgumentPlace(0, "OnOutOfMemory"), step.Name, text, found);
        return null;
    }
}
