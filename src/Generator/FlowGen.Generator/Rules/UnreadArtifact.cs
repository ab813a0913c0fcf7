using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0212: an artifact nobody reads is a result, or somebody reads its neighbour by mistake. Asked only of flows without errors, which may be why nobody reads it.</summary>
internal static class UnreadArtifact
{
    public static void Check(FlowContext context)
    {
        var read = new HashSet<SourceDeclaration>(context.Steps.SelectMany(step => step.Inputs).SelectMany(input => input.Sources)
            .Concat(context.Steps.Select(step => step.Loop?.Output).OfType<SourceDeclaration>())
            .Concat(context.Decisions.Select(decision => decision.Source)));
        foreach (var step in context.Steps.Where(step => step is { Artifacts.Count: > 1, IsOutput: false, SubFlow: null }))
        {
            foreach (var artifact in step.Artifacts.Where(artifact => !read.Contains(artifact)))
            {
                var neighbour = step.Artifacts.FirstOrDefault(other => read.Contains(other) && SymbolEqualityComparer.Default.Equals(other.Type, artifact.Type));
                if (neighbour is null) continue;
                context.Report(Descriptors.UnreadArtifact, artifact.Place, [neighbour.Place],
                    artifact.Name, step.Name, $"its neighbour '{neighbour.Name}'", artifact.Type.Shown());
            }
        }
    }
}
