using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0107: the command line and the store tell flows apart by name.</summary>
internal static class DuplicateFlowName
{
    public static IEnumerable<(FlowName Flow, FlowName Other)> Find(IEnumerable<FlowName> flows) => flows
        .GroupBy(flow => flow.Name, StringComparer.Ordinal)
        .SelectMany(group => group.Skip(1).Select(flow => (flow, group.First())));

    public static DiagnosticInfo Describe((FlowName Flow, FlowName Other) pair, Compilation compilation)
    {
        var flow = compilation.Assembly.GetTypeByMetadataName(pair.Flow.MetadataName);
        var other = compilation.Assembly.GetTypeByMetadataName(pair.Other.MetadataName);
        return new DiagnosticInfo(
            Descriptors.DuplicateFlowName,
            new[] { pair.Flow.ClassName, pair.Flow.Name, pair.Other.ClassName }.ToEquatable(),
            flow?.Place() ?? Location.None,
            other is null ? default : new[] { other.Place() }.ToEquatable());
    }
}

/// <summary>A flow's name and class.</summary>
internal readonly record struct FlowName(string Name, string MetadataName, string ClassName);
