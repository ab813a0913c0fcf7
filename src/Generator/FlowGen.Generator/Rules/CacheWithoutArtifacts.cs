using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0614: only artifacts can be reused.</summary>
internal static class CacheWithoutArtifacts
{
    public static void Check(StepDeclaration step, AttributeData cache, FlowContext context)
    {
        if (step.Result is null) context.Report(Descriptors.CacheWithoutArtifacts, cache.Place(), step.Name);
    }
}
