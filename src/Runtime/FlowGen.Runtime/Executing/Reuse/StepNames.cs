using System.Collections.Immutable;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace FlowGen.Executing.Reuse;

/// <summary>The steps that somebody wants to run again.</summary>
internal static class StepNames
{
    /// <exception cref="FlowException">FG1225: there is no such step.</exception>
    public static void Check(FlowDefinition flow, ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            if (flow.Steps.Any(step => step.Name == name)) continue;
            var hint = NearMiss.Of(name, flow.Steps.Select(step => step.Name)) is { } near ? $"did you mean {near}?" : $"its steps are {string.Join(", ", flow.Steps.Select(step => step.Name))}.";
            throw new FlowException("FG1225", $"Flow '{flow.Name}' has no step '{name}' to run from; {hint}", ExitCodes.Usage);
        }
    }

    /// <summary>By position, whether a step is one of them or depends on one: by its inputs, its conditions, or because it comes after it.</summary>
    public static bool[] WithDependents(FlowDefinition flow, ImmutableArray<string> names)
    {
        var forced = flow.Steps.Select(step => names.Contains(step.Name)).ToArray();
        // Steps are in topological order.
        for (var s = 0; s < forced.Length; s++)
        {
            if (forced[s]) continue;
            var step = flow.Steps[s];
            forced[s] = step.After.Any(after => forced[after.Step])
                || step.Guard.Any(guard => flow.Decisions[guard.Decision] is { Kind: SourceKind.Artifact } decision && forced[ProducerOf(flow, decision.Source)])
                || step.Inputs.Any(input => input.Kind == SourceKind.Artifact && SourcesOf(input).Any(source => forced[ProducerOf(flow, source)]));
        }

        return forced;
    }

    /// <summary>The artifacts that an input may be bound to.</summary>
    public static IEnumerable<int> SourcesOf(InputDefinition input) => input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source];

    public static int ProducerOf(FlowDefinition flow, int artifact)
    {
        for (var s = 0; s < flow.Steps.Length; s++)
            if (artifact >= flow.Steps[s].FirstArtifact && artifact < flow.Steps[s].FirstArtifact + flow.Steps[s].ArtifactCount) return s;
        throw new ArgumentOutOfRangeException(nameof(artifact));
    }
}
