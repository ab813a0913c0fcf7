using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0309: a limit is not negative.</summary>
internal static class BadMaxParallel
{
    public static int Check(StepDeclaration step, InputDeclaration input, AttributeData binding, FlowContext context)
    {
        if (binding.Named("MaxParallel") is not int limit) return 0;
        if (limit < 0) context.Report(Descriptors.BadMaxParallel, binding.ArgumentPlace(0, "MaxParallel"), input.Parameter.Name, step.Name, $"{limit}");
        return limit;
    }
}
