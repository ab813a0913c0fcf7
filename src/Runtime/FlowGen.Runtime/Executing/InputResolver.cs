using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>Makes the inputs of an attempt from what was captured for it. What may be shared is handed on as it is; of everything else each attempt gets its own copy.</summary>
internal sealed class InputResolver(FlowDefinition flow, ArtifactStore artifacts, ParameterValues parameters)
{
    public async ValueTask ResolveAsync(TaskAttempt attempt)
    {
        var definitions = attempt.Definition.Inputs;
        for (var slot = 0; slot < definitions.Length; slot++)
        {
            var (input, captured) = (definitions[slot], attempt.Inputs[slot]);
            attempt.Inputs[slot] = input switch
            {
                { Shape: InputShape.Item } => flow.Dimensions[input.Dimension].Items.Item(captured!, attempt.Task.Index.Last),
                { Kind: SourceKind.Parameter } => parameters.ForStep(input.Source),
                { Shape: InputShape.Gather } => await GatherAsync(input.Source, (Output[])captured!, attempt.CancellationToken).ConfigureAwait(false),
                _ => captured is StoredValue stored ? await DecodeAsync(input.Source, stored, attempt.CancellationToken).ConfigureAwait(false) : captured,
            };
        }
    }

    public async ValueTask<object?> DecodeAsync(int artifact, StoredValue stored, CancellationToken cancel)
    {
        var definition = flow.Artifacts[artifact];
        var content = await artifacts.ReadAsync(stored, cancel).ConfigureAwait(false);
        try
        {
            return definition.Decode(content);
        }
        catch (ArtifactFormatException e)
        {
            throw new ArtifactFormatException($"Artifact '{definition.Name}' ({stored.Hash}) cannot be read as {definition.TypeName}: {e.Message}", e);
        }
    }

    private async ValueTask<object?[]> GatherAsync(int artifact, Output[] outputs, CancellationToken cancel)
    {
        if (outputs.Length == 0) return [];
        var values = new object?[outputs.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = outputs[i].Live ?? await DecodeAsync(artifact, outputs[i].Stored, cancel).ConfigureAwait(false);
        return values;
    }
}
