using System.Buffers;
using FlowGen.CompilerServices;

namespace Generator.Tests.Support;

/// <summary>Runs a flow by its definition alone, one task after the other; every value goes through its codec.</summary>
internal static class Interpreter
{
    /// <returns>The artifacts by name: a value, or an array of values for one in a dimension.</returns>
    public static async Task<Dictionary<string, object?>> RunAsync(FlowDefinition flow, params (string Name, object? Value)[] given)
    {
        var parameters = flow.Defaults();
        foreach (var (name, value) in given) parameters[flow.Parameters.Select(p => p.Name).ToList().IndexOf(name)] = value;
        for (var i = 0; i < parameters.Length; i++) Assert.Null(flow.Parameters[i].Validate(parameters[i]));

        var artifacts = new object?[flow.Artifacts.Length];
        object? Source(SourceKind kind, int index) => kind == SourceKind.Parameter ? parameters[index] : artifacts[index];
        foreach (var step in flow.Steps)
        {
            var dimension = step.Scope is [var only] ? flow.Dimensions[only] : null;
            var collection = dimension is null ? null : Source(dimension.Kind, dimension.Source);
            var width = dimension is null ? 1 : dimension.Items.Count(collection!);
            var outputs = new object?[step.ArtifactCount][];
            for (var i = 0; i < outputs.Length; i++) outputs[i] = new object?[width];
            for (var task = 0; task < width; task++)
            {
                var inputs = step.Inputs.Select(input => input.Shape switch
                {
                    InputShape.Item => dimension!.Items.Item(collection!, task),
                    InputShape.Value when input.Kind == SourceKind.Artifact && IsList(flow, input.Source) => ((object?[])artifacts[input.Source]!)[task],
                    _ => Source(input.Kind, input.Source),
                }).ToArray();
                var frame = new StepFrame(flow.Create(parameters), inputs, step.ArtifactCount, new FakeContext(step.Name), TestContext.Current.CancellationToken);
                await step.Invoke(frame);
                for (var i = 0; i < outputs.Length; i++) outputs[i][task] = Copy(flow.Artifacts[step.FirstArtifact + i], frame.Outputs[i]);
            }
            for (var i = 0; i < outputs.Length; i++) artifacts[step.FirstArtifact + i] = dimension is null ? outputs[i][0] : outputs[i];
        }
        return flow.Artifacts.Select((artifact, i) => (artifact.Name, Value: artifacts[i])).ToDictionary(pair => pair.Name, pair => pair.Value);
    }

    private static bool IsList(FlowDefinition flow, int artifact) =>
        flow.Steps.Single(step => artifact >= step.FirstArtifact && artifact < step.FirstArtifact + step.ArtifactCount).Scope.Length > 0;

    private static object? Copy(ArtifactDefinition artifact, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        artifact.Encode(buffer, value);
        return artifact.Decode(new ReadOnlySequence<byte>(buffer.WrittenMemory));
    }
}
