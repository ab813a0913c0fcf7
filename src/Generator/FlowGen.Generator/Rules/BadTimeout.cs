using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0603: a limit that can be understood.</summary>
internal static class BadTimeout
{
    public static TimeSpan? Check(StepDeclaration step, AttributeData timeout, FlowContext context)
    {
        if (timeout.Text(0) is not { } text) return null;
        var limit = Durations.Parse(text);
        if (limit is null) context.Report(Descriptors.BadTimeout, timeout.ArgumentPlace(0), step.Name, text);
        return limit;
    }
}
