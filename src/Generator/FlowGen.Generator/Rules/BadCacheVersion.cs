using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0615: a version says something.</summary>
internal static class BadCacheVersion
{
    public static string? Check(StepDeclaration step, AttributeData cache, FlowContext context)
    {
        if (cache.Named("Version") is not string version) return null;
        if (version.Trim().Length > 0 && version.Length <= 100) return version;
        context.Report(Descriptors.BadCacheVersion, cache.ArgumentPlace(0, "Version"), step.Name, version);
        return null;
    }
}
