using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0601: 1 to 100 retries.</summary>
internal static class RetryOutOfRange
{
    public static int? Check(StepDeclaration step, AttributeData retry, FlowContext context)
    {
        if (retry.Argument(0) is not int times) return null;
        if (times is >= 1 and <= 100) return times;
        context.Report(Descriptors.RetryOutOfRange, retry.ArgumentPlace(0), step.Name, $"{times}",
            times == 0 ? "remove the attribute" : times < 0 ? "write the number of retries" : "write at most 100");
        return null;
    }
}
