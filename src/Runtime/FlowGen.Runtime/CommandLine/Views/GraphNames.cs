using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Looks things up in a graph.</summary>
internal static class GraphNames
{
    public static string NameOf(this GraphDescription graph, SourceKind kind, int source) =>
        kind == SourceKind.Artifact ? graph.Artifacts[source].Name : graph.Parameters[source].Name;

    /// <summary>The dimensions that a gather collects over: those of the artifact that the step is not in.</summary>
    public static IEnumerable<string> Over(this GraphDescription graph, GraphStep step, InputDefinition input) =>
        graph.Steps[graph.Artifacts[input.Source].Step].Scope.Where(dimension => !step.Scope.Contains(dimension)).Select(dimension => graph.Dimensions[dimension].Name);

    /// <summary>What must be decided for a step to run, as people read it: <c>if assess is Ship</c>.</summary>
    public static string Condition(this GraphDescription graph, GuardDefinition side)
    {
        var decision = graph.Decisions[side.Decision];
        var (allowed, others) = (Values(true), Values(false));
        if (decision is { IsClosed: true, Values: ["true", "false"] }) return allowed == "true" ? $"if {decision.Name}" : $"if not {decision.Name}";
        return decision.IsClosed || !side.Allowed[^1] ? $"if {decision.Name} is {allowed}" : $"unless {decision.Name} is {others}";

        string Values(bool isAllowed) => string.Join(" or ", decision.Values.Where((_, i) => side.Allowed[i] == isAllowed));
    }

    /// <summary>The conditions that a step names itself.</summary>
    public static IEnumerable<GuardDefinition> OwnGuard(this GraphStep step) => step.Guard.Where(side => !side.IsInherited);

    public static IEnumerable<GraphArtifact> OutputsOf(this GraphDescription graph, GraphStep step) => graph.Artifacts.Skip(step.FirstArtifact).Take(step.ArtifactCount);
}
