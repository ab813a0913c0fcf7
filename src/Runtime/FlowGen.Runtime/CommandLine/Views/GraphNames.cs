using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Looks things up in a graph.</summary>
internal static class GraphNames
{
    public static string NameOf(this GraphDescription graph, SourceKind kind, int source) =>
        kind == SourceKind.Artifact ? graph.Artifacts[source].Name : graph.Parameters[source].Name;

    public static IEnumerable<GraphArtifact> OutputsOf(this GraphDescription graph, GraphStep step) => graph.Artifacts.Skip(step.FirstArtifact).Take(step.ArtifactCount);
}
