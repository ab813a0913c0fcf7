using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0618: the longest wait is not shorter than the first.</summary>
internal static class BadMaxBackoff
{
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Most = TimeSpan.FromDays(1);

    public static TimeSpan? Check(StepDeclaration step, AttributeData retry, FlowContext context)
    {
        if (retry.Named("MaxBackoff") is not string text) return null;
        var first = retry.Named("Backoff") as string ?? "1s";
        // A first wait that cannot be understood is a mistake of its own.
        if (Durations.Parse(text) is { } longest && longest <= Most && !(Durations.Parse(first) > longest)) return longest;
        context.Report(Descriptors.BadMaxBackoff, retry.ArgumentPlace(0, "MaxBackoff"), step.Name, text, first);
        return null;
    }
}
