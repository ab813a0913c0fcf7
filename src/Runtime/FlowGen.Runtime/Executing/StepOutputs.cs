using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>What a step's outputs mean, wherever the step ran.</summary>
internal static class StepOutputs
{
    /// <exception cref="ArtifactException">There is no value, and there has to be one.</exception>
    public static void Check(StepDefinition step, ArtifactDefinition artifact, object? value)
    {
        if (value is null && !artifact.Nullable)
            throw new ArtifactException($"Step '{step.Name}' returned null for its artifact '{artifact.Name}'; return a value, or declare it as {artifact.TypeName}?.");
    }

    /// <summary>Stores an output; one that is iterated so that its items can be read one by one.</summary>
    public static ValueTask<StoredValue> StoreAsync(FlowDefinition flow, ArtifactStore artifacts, int artifact, object? value)
    {
        foreach (var dimension in flow.Dimensions)
            if (dimension.Kind == SourceKind.Artifact && dimension.Source == artifact) return artifacts.WriteCollectionAsync(flow.Artifacts[artifact], value, CancellationToken.None);
        return artifacts.WriteAsync(flow.Artifacts[artifact], value, CancellationToken.None);
    }

    /// <summary>Whether a loop wants another iteration. A null that may not be is a mistake of the step and not for its loop to trip over.</summary>
    public static bool WantsAgain(FlowDefinition flow, StepDefinition step, StepFrame frame) =>
        step.Loop is { } loop && (frame.Outputs[loop.Output] is not null || flow.Artifacts[step.FirstArtifact + loop.Output].Nullable) && loop.KeepGoing(frame.Flow, frame.Outputs[loop.Output]);

    /// <summary>Whether a loop ends with this iteration even if it wants another.</summary>
    public static bool StopsAtMax(StepDefinition step, TaskAddress task) => step.Loop is { StopAtMax: true } loop && task.Iteration + 1 >= loop.Max;
}
