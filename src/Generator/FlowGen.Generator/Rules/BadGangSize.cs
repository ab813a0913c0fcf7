using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0616: a gang has at least two members.</summary>
internal static class BadGangSize
{
    public static int Check(StepDeclaration step, AttributeData gang, FlowContext context)
    {
        if (gang.Argument(0) is not int size) return 1;
        if (size is >= 2 and <= 1024) return size;
        context.Report(Descriptors.BadGangSize, gang.ArgumentPlace(0), step.Name, $"{size}", size == 1 ? "remove the attribute" : "write it like [Gang(4)]");
        return 1;
    }
}
