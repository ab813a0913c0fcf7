using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0001: a mistake in FlowGen takes one flow down, never the others.</summary>
internal static class InternalError
{
    public static DiagnosticInfo Describe(string flow, Exception e, Location place) => new(
        Descriptors.InternalError,
        new[] { flow, $"{e.GetType().Name} in {e.TargetSite?.DeclaringType?.Name}.{e.TargetSite?.Name}: {e.Message}" }.ToEquatable(),
        place);
}
