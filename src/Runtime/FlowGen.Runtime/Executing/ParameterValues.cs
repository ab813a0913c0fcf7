using System.Buffers;
using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>The values of a run's parameters. What may be shared is handed on as it is; of everything else each attempt gets its own copy.</summary>
internal sealed class ParameterValues
{
    private readonly FlowDefinition _flow;
    private readonly object?[] _values;
    private readonly ReadOnlyMemory<byte>[] _encoded;
    private readonly bool _allShareable;

    private ParameterValues(FlowDefinition flow, object?[] values, ReadOnlyMemory<byte>[] encoded)
    {
        (_flow, _values, _encoded) = (flow, values, encoded);
        _allShareable = flow.Parameters.All(parameter => parameter.Shareable);
    }

    /// <param name="flow">The flow.</param>
    /// <param name="encoded">Values by position; decoded here, so that nobody else holds objects that can be changed.</param>
    /// <param name="given">The same values as far as they are known, with what their encodings do not hold: secrets, and where results of other runs are.</param>
    /// <param name="files">Stored contents of the input files among them.</param>
    /// <param name="artifacts">Where these are.</param>
    public static ParameterValues Of(FlowDefinition flow, ReadOnlyMemory<byte>[] encoded, object?[] given, ImmutableArray<InputFileStored> files, ArtifactStore artifacts) =>
        new(flow, InputFiles.Attach([.. flow.Parameters.Select((parameter, p) => given[p] is ISecret || parameter.Shareable && given[p] is not null ? given[p] : parameter.Decode(new ReadOnlySequence<byte>(encoded[p])))], files, artifacts), encoded);

    /// <summary>The encoded values, by position.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Encoded => _encoded;

    /// <summary>By position, the text of a secret, which its encoding does not hold; <c>null</c> for all others.</summary>
    public IReadOnlyList<string?> SecretTexts => [.. _values.Select(value => value is ISecret { IsKnown: true } secret ? secret.Texts.First() : null)];

    /// <summary>The value a dimension iterates; items are copied where they must be, so nobody changes it.</summary>
    public object? ForDimension(int parameter) => _values[parameter];

    /// <summary>One value as a step gets it.</summary>
    public object? ForStep(int parameter)
    {
        if (_flow.Parameters[parameter].Shareable) return _values[parameter];
        // Files know where their contents are, which their encoding does not say.
        if (_values[parameter] is InputFile[] files) return files.Clone();
        return _flow.Parameters[parameter].Decode(new ReadOnlySequence<byte>(_encoded[parameter]));
    }

    /// <summary>A flow object for one attempt.</summary>
    public object CreateFlow()
    {
        if (_allShareable) return _flow.Create(_values);
        var values = new object?[_values.Length];
        for (var p = 0; p < values.Length; p++) values[p] = ForStep(p);
        return _flow.Create(values);
    }

    /// <summary>Encodes one value per parameter.</summary>
    public static ReadOnlyMemory<byte>[] Encode(FlowDefinition flow, object?[] values)
    {
        var encoded = new ReadOnlyMemory<byte>[values.Length];
        for (var p = 0; p < encoded.Length; p++) encoded[p] = Encode(flow.Parameters[p], values[p]);
        return encoded;
    }

    public static ReadOnlyMemory<byte> Encode(ParameterDefinition parameter, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        parameter.Encode(buffer, value);
        return buffer.WrittenMemory;
    }
}
