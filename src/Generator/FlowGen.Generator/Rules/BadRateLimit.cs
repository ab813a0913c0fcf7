using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0613: a number of starts in a time.</summary>
internal static class BadRateLimit
{
    public static RateLimitModel? Check(StepDeclaration step, AttributeData rate, FlowContext context)
    {
        if (rate.Argument(0) is not int starts || rate.Text(1) is not { } text) return null;
        if (starts is >= 1 and <= 1_000_000 && Durations.Parse(text) is { } period) return new RateLimitModel(starts, period);
        context.Report(Descriptors.BadRateLimit, rate.ArgumentPlace(Durations.Parse(text) is null ? 1 : 0), step.Name, $"{starts}", text);
        return null;
    }
}
