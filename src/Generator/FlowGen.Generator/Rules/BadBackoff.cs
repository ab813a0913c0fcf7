using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0602: a wait that can be understood, and that the doubling does not exceed at once.</summary>
internal static class BadBackoff
{
    public static TimeSpan? Check(StepDeclaration step, AttributeData retry, string text, FlowContext context)
    {
        var isUsual = retry.Named("MaxBackoff") is null;
        if (Durations.Parse(text) is { } backoff && backoff <= (isUsual ? BadMaxBackoff.Usual : BadMaxBackoff.Most)) return backoff;
        context.Report(Descriptors.BadBackoff, retry.ArgumentPlace(0, "Backoff"), step.Name, text, isUsual ? "ten minutes" : "a day");
        return null;
    }
}
