using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>The flow that each task of a step is (<see cref="SubFlowAttribute"/>).</summary>
/// <param name="Flow">The flow. The step's method gives an object of its class, with the values of its parameters.</param>
/// <param name="Outputs">For each artifact of the step, in order, the position of the flow's artifact that it is.</param>
public sealed record SubFlowDefinition(FlowDefinition Flow, ImmutableArray<int> Outputs)
{
    /// <summary>The flow of a class.</summary>
    /// <param name="outputs">Names of the flow's artifacts that are the step's.</param>
    /// <exception cref="InvalidOperationException">The flow has no such artifact: it was built from other source than what the compiler saw.</exception>
    public static SubFlowDefinition Of<T>(params string[] outputs) where T : class, IFlow<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new SubFlowDefinition(T.Definition, [.. outputs.Select(output => PositionOf(T.Definition, output))]);
    }

    /// <summary>An artifact of a step that is a flow: stored as the flow stores it.</summary>
    /// <param name="output">Name of the flow's artifact.</param>
    /// <param name="name">Name of the step's.</param>
    public static ArtifactDefinition Output<T>(string output, string name) where T : class, IFlow<T> =>
        new SubFlowArtifact(T.Definition.Artifacts[PositionOf(T.Definition, output)], name);

    private static int PositionOf(FlowDefinition flow, string output)
    {
        for (var i = 0; i < flow.Artifacts.Length; i++)
            if (flow.Artifacts[i].Name == output) return i;
        throw new InvalidOperationException($"The flow {flow.ClassName} has no artifact '{output}' any more; build this program again.");
    }
}
