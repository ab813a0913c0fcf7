using System.Buffers;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Generator.Tests.Support;

/// <summary>Runs a flow by its definition alone, one task after the other; every value goes through its codec. Nothing is skipped and nothing may fail.</summary>
internal sealed class Interpreter
{
    private readonly FlowDefinition _flow;
    private readonly object?[] _parameters;
    private readonly List<(int[] Index, object? Value)>[] _artifacts;
    private readonly int[][] _scopes;

    private Interpreter(FlowDefinition flow, object?[] parameters)
    {
        (_flow, _parameters) = (flow, parameters);
        _artifacts = [.. flow.Artifacts.Select(_ => new List<(int[], object?)>())];
        _scopes = [.. flow.Steps.SelectMany(step => Enumerable.Repeat(step.Scope.ToArray(), step.ArtifactCount))];
    }

    /// <returns>The artifacts by name: a value, or for one in dimensions an array of values in the order of their indices.</returns>
    public static async Task<Dictionary<string, object?>> RunAsync(FlowDefinition flow, params (string Name, object? Value)[] given)
    {
        var parameters = flow.Defaults();
        foreach (var (name, value) in given) parameters[flow.Parameters.Select(p => p.Name).ToList().IndexOf(name)] = value;
        for (var i = 0; i < parameters.Length; i++) Assert.Null(flow.Parameters[i].Validate(parameters[i]));

        var interpreter = new Interpreter(flow, parameters);
        foreach (var step in flow.Steps)
            foreach (var index in interpreter.Indices([.. step.Scope]).ToList()) await interpreter.RunAsync(step, index);
        return flow.Artifacts.Select((artifact, i) => (artifact.Name, Values: interpreter._artifacts[i].Select(made => made.Value), IsList: interpreter._scopes[i].Length > 0))
            .ToDictionary(made => made.Name, made => made.IsList ? made.Values.ToArray() : made.Values.Single());
    }

    private async Task RunAsync(StepDefinition step, int[] index)
    {
        var inputs = step.Inputs.Select(input => Input(input, [.. step.Scope], index)).ToArray();
        var frame = new StepFrame(_flow.Create(_parameters), inputs, step.ArtifactCount, new FakeContext(step.Name), TestContext.Current.CancellationToken);
        await step.Invoke(frame);
        for (var i = 0; i < step.ArtifactCount; i++) _artifacts[step.FirstArtifact + i].Add((index, Copy(_flow.Artifacts[step.FirstArtifact + i], frame.Outputs[i])));
    }

    /// <summary>All indices of a scope, first dimension slowest; the width of each depends on the numbers before it.</summary>
    private IEnumerable<int[]> Indices(int[] scope)
    {
        if (scope.Length == 0) return [[]];
        var dimension = _flow.Dimensions[scope[^1]];
        return Indices(scope[..^1]).SelectMany(outer =>
            Enumerable.Range(0, dimension.Items.Count(Agreeing(dimension.Kind, dimension.Source, scope[..^1], outer).Single().Value!)).Select(i => (int[])[.. outer, i]));
    }

    /// <summary>The values of a source whose index agrees with a task's own in the dimensions they share.</summary>
    private IEnumerable<(int[] Index, object? Value)> Agreeing(SourceKind kind, int source, int[] scope, int[] index) => kind == SourceKind.Parameter
        ? [([], _parameters[source])]
        : _artifacts[source].Where(made => _scopes[source].Select((dimension, i) => (dimension, i))
            .All(own => Array.IndexOf(scope, own.dimension) is var at && (at < 0 || index[at] == made.Index[own.i])));

    private object? Input(InputDefinition input, int[] scope, int[] index)
    {
        var values = Agreeing(input.Kind, input.Source, scope, index);
        if (input.Shape == InputShape.Item) return _flow.Dimensions[input.Dimension].Items.Item(values.Single().Value!, index[Array.IndexOf(scope, input.Dimension)]);
        if (input.Shape == InputShape.Value) return input.Wrap == InputWrap.None ? values.Single().Value : Item(input, values.Single());
        if (input.IsStream) return values.Select(value => Item(input, value)).ToAsyncEnumerable();
        return input.Wrap == InputWrap.None ? values.Select(value => value.Value).ToArray() : values.Select(value => Item(input, value)).ToArray();
    }

    private InputItem Item(InputDefinition input, (int[] Index, object? Value) made) => new()
    {
        Exists = true,
        Index = TaskIndex.Of(made.Index),
        Value = input.Wrap == InputWrap.Handle ? new ArtifactHandle(_flow.Artifacts[input.Source].Name + TaskIndex.Of(made.Index), "", 0, _ => ValueTask.FromResult(made.Value)) : made.Value,
    };

    private static object? Copy(ArtifactDefinition artifact, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        artifact.Encode(buffer, value);
        return artifact.Decode(new ReadOnlySequence<byte>(buffer.WrittenMemory));
    }
}
