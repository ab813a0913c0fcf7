using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>A flow's graph as plain data: recorded with every run, so that any program can read runs of any flow, and what <c>show</c> prints.</summary>
internal sealed record GraphDescription(
    string Flow,
    string? Description,
    ImmutableArray<GraphParameter> Parameters,
    ImmutableArray<GraphArtifact> Artifacts,
    ImmutableArray<GraphDimension> Dimensions,
    ImmutableArray<GraphStep> Steps)
{
    /// <summary>A task as people name it: <c>fit[3]</c>.</summary>
    public string NameOf(TaskAddress task) => Steps[task.Step].Name + task.Suffix;

    /// <summary>The part of a flow's definition that is data.</summary>
    public static GraphDescription Of(CompilerServices.FlowDefinition flow)
    {
        var artifacts = new GraphArtifact[flow.Artifacts.Length];
        for (var step = 0; step < flow.Steps.Length; step++)
        {
            for (var i = 0; i < flow.Steps[step].ArtifactCount; i++)
            {
                var position = flow.Steps[step].FirstArtifact + i;
                artifacts[position] = new GraphArtifact(flow.Artifacts[position].Name, flow.Artifacts[position].TypeName, step);
            }
        }

        return new GraphDescription(
            flow.Name,
            flow.Description,
            [.. flow.Parameters.Select(p => new GraphParameter(p.Name, p.TypeName, p.DefaultText, p.IsRequired, p.Description))],
            [.. artifacts],
            [.. flow.Dimensions.Select(d => new GraphDimension(d.Name, d.Kind, d.Source))],
            [.. flow.Steps.Select(s => new GraphStep(s.Name, s.Description, s.Scope, s.Inputs, s.FirstArtifact, s.ArtifactCount, [.. s.After.Select(after => after.Step)], s.Retry?.Times ?? 0, s.Timeout))]);
    }
}

/// <summary>A parameter in a graph.</summary>
internal sealed record GraphParameter(string Name, string TypeName, string? DefaultText, bool IsRequired, string? Description);

/// <summary>An artifact in a graph. <paramref name="Step"/> is the position of its producer.</summary>
internal sealed record GraphArtifact(string Name, string TypeName, int Step);

/// <summary>A dimension in a graph.</summary>
internal sealed record GraphDimension(string Name, CompilerServices.SourceKind Kind, int Source);

/// <summary>A step in a graph.</summary>
internal sealed record GraphStep(
    string Name,
    string? Description,
    ImmutableArray<int> Scope,
    ImmutableArray<CompilerServices.InputDefinition> Inputs,
    int FirstArtifact,
    int ArtifactCount,
    ImmutableArray<int> After,
    int Retries,
    TimeSpan? Timeout);
