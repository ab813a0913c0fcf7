using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>Makes the inputs of an attempt from what was captured for it. What may be shared is handed on as it is; of everything else each attempt gets its own copy.</summary>
internal sealed class InputResolver(FlowDefinition flow, ArtifactStore artifacts, ParameterValues parameters)
{
    private volatile StoredItems? _opened;

    /// <exception cref="TooFewSuccessesException">Fewer producers of a gather succeeded than the step asks for.</exception>
    public ValueTask ResolveAsync(TaskAttempt attempt) => ResolveAsync(attempt.Definition, attempt.Task.Index, attempt.Inputs, attempt.CancellationToken);

    /// <param name="step">The step.</param>
    /// <param name="index">Index of the task.</param>
    /// <param name="inputs">By slot; first as they were captured, then as the step gets them.</param>
    /// <param name="cancel">The attempt's token.</param>
    public async ValueTask ResolveAsync(StepDefinition step, TaskIndex index, object?[] inputs, CancellationToken cancel)
    {
        var definitions = step.Inputs;
        for (var slot = 0; slot < definitions.Length; slot++)
        {
            var input = definitions[slot];
            inputs[slot] = inputs[slot] switch
            {
                CapturedItem item => await ReadItemAsync(flow.Dimensions[input.Dimension].Items, item, cancel).ConfigureAwait(false),
                StoredItems items => await TakeAsync(items, flow.Dimensions[input.Dimension].Items, index[step.Scope.IndexOf(input.Dimension)], cancel).ConfigureAwait(false),
                IndexedItem item => await TakeAsync(item, flow.Dimensions[input.Dimension].Items, cancel).ConfigureAwait(false),
                TakenItem taken => flow.Dimensions[input.Dimension].Items.Item(taken.Part, taken.Position),
                var collection when input.Shape == InputShape.Item =>
                    flow.Dimensions[input.Dimension].Items.Item(collection!, index[step.Scope.IndexOf(input.Dimension)]),
                null when input.Kind == SourceKind.Parameter => FromParameter(input),
                CapturedGather gather => await GatherAsync(step, gather, cancel).ConfigureAwait(false),
                CapturedValue value when input.Wrap == InputWrap.None => await ReadAsync(value.Artifact, value.Output, cancel).ConfigureAwait(false),
                CapturedValue value => await WrapAsync(input.Wrap, value.Artifact, value.Output, value.Index, value.Error, cancel).ConfigureAwait(false),
                StoredValue stored => await DecodeAsync(input.Source, stored, cancel).ConfigureAwait(false),
                var live => live,
            };
        }
    }

    public ValueTask<object?> DecodeAsync(int artifact, StoredValue stored, CancellationToken cancel) =>
        ReadAsync(artifact, stored, async () => await artifacts.ReadAsync(flow.Artifacts[artifact], stored, cancel).ConfigureAwait(false));

    /// <summary>A collection to take items of: one with an index stays in the store.</summary>
    public ValueTask<object?> CollectionAsync(int artifact, StoredValue stored, ItemAccess items, CancellationToken cancel) => stored.Items is null
        ? DecodeAsync(artifact, stored, cancel)
        : ReadAsync(artifact, stored, async () => await StoredItems.OpenAsync(artifacts, stored, items, cancel).ConfigureAwait(false));

    private async ValueTask<object?> ReadAsync(int artifact, StoredValue stored, Func<ValueTask<object?>> read)
    {
        var definition = flow.Artifacts[artifact];
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (FlowException e) when (CurrentStep.Note(e))
        {
            throw;
        }
        catch (ArtifactFormatException e)
        {
            throw new ArtifactFormatException($"Artifact '{definition.Name}' ({stored.Hash}) cannot be read as {definition.TypeName}: {e.Message}", e);
        }
    }

    private static async ValueTask<object?> TakeAsync(StoredItems collection, ItemAccess items, int position, CancellationToken cancel)
    {
        var taken = await collection.FindAsync(position, cancel).ConfigureAwait(false);
        return items.Item(taken.Part, taken.Position);
    }

    /// <summary>Tasks that come one after another mostly take their items of one collection.</summary>
    private async ValueTask<object?> TakeAsync(IndexedItem item, ItemAccess items, CancellationToken cancel)
    {
        var opened = _opened;
        if (opened?.Value.Hash != item.Collection.Hash) _opened = opened = await StoredItems.OpenAsync(artifacts, item.Collection, items, cancel).ConfigureAwait(false);
        return await TakeAsync(opened, items, item.Position, cancel).ConfigureAwait(false);
    }

    private async ValueTask<object?> ReadItemAsync(ItemAccess items, CapturedItem item, CancellationToken cancel)
    {
        var content = await artifacts.ReadAsync(item.Value, cancel).ConfigureAwait(false);
        var blobs = item.Value.References is { } references ? await artifacts.References.OpenAsync(references, cancel).ConfigureAwait(false) : null;
        return BlobsInValue.Read(bytes => items.Decode(bytes), content, blobs);
    }

    private object? FromParameter(InputDefinition input) => input.Wrap switch
    {
        InputWrap.None => parameters.ForStep(input.Source),
        InputWrap.Handle => new InputItem { Exists = true, Value = HandleOf(input.Source) },
        _ => new InputItem { Exists = true, Value = parameters.ForStep(input.Source) },
    };

    private ArtifactHandle HandleOf(int parameter)
    {
        var encoded = parameters.Encoded[parameter].Span;
        return new ArtifactHandle(flow.Parameters[parameter].Name, Hash256.Of(encoded).ToString(), encoded.Length, _ => new(parameters.ForStep(parameter)));
    }

    private async ValueTask<object> GatherAsync(StepDefinition step, CapturedGather gather, CancellationToken cancel)
    {
        var (input, outputs) = (gather.Input, gather.Outputs);
        if (!gather.IsEnough) throw new TooFewSuccessesException(step.Name, flow.Artifacts[input.Source].Name, gather);
        if (input.IsStream) return StreamAsync(gather, cancel);
        if (outputs.Length == 0) return input.Wrap == InputWrap.None ? Array.Empty<object?>() : Array.Empty<InputItem>();
        if (input.Wrap != InputWrap.None)
        {
            var items = new InputItem[outputs.Length];
            for (var i = 0; i < items.Length; i++) items[i] = await WrapAsync(gather, i, cancel).ConfigureAwait(false);
            return items;
        }

        var values = new object?[outputs.Length];
        for (var i = 0; i < values.Length; i++) values[i] = await ReadAsync(input.Source, outputs[i], cancel).ConfigureAwait(false);
        return values;
    }

    private async IAsyncEnumerable<InputItem> StreamAsync(CapturedGather gather, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (var i = 0; i < gather.Outputs.Length; i++) yield return await WrapAsync(gather, i, cancel).ConfigureAwait(false);
    }

    private ValueTask<InputItem> WrapAsync(CapturedGather gather, int position, CancellationToken cancel) => WrapAsync(gather.Input.Wrap, gather.Input.Source, gather.Outputs[position],
        gather.Indices.Length > 0 ? gather.Indices[position] : default, gather.Errors.Length > 0 ? gather.Errors[position] : null, cancel);

    private async ValueTask<InputItem> WrapAsync(InputWrap wrap, int artifact, Output output, TaskIndex index, StepError? error, CancellationToken cancel)
    {
        if (!output.Exists) return new InputItem { Error = error, Index = index };
        if (wrap != InputWrap.Handle) return new InputItem { Exists = true, Value = await ReadAsync(artifact, output, cancel).ConfigureAwait(false), Index = index };
        var stored = output.Stored!;
        var handle = new ArtifactHandle(flow.Artifacts[artifact].Name + index, stored.Hash.ToString(), stored.Size, async ask => output.Live ?? await DecodeAsync(artifact, stored, ask).ConfigureAwait(false));
        return new InputItem { Exists = true, Value = handle, Index = index };
    }

    private ValueTask<object?> ReadAsync(int artifact, Output output, CancellationToken cancel) =>
        output.Live is not null || !output.Exists ? new(output.Live) : DecodeAsync(artifact, output.Stored!, cancel);
}
