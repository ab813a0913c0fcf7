using System.Buffers;
using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>Inputs as they were captured, for a worker in another process or elsewhere, and back.</summary>
internal static class SliceInputs
{
    /// <summary>What is told to the worker. What is in the store is named; items and values that are nowhere travel along.</summary>
    /// <param name="flow">The flow of the step.</param>
    /// <param name="artifacts">Where items are put that do not travel.</param>
    /// <param name="attempt">Whose inputs these are.</param>
    /// <param name="itemsTravel">Whether items travel along whatever their size; else large ones are put into the store.</param>
    /// <exception cref="TooFewSuccessesException">Fewer producers of a gather succeeded than the step asks for.</exception>
    public static async ValueTask<ImmutableArray<SliceInput>> EncodeAsync(FlowDefinition flow, ArtifactStore artifacts, TaskAttempt attempt, bool itemsTravel = false)
    {
        var definitions = attempt.Definition.Inputs;
        var inputs = new SliceInput[definitions.Length];
        for (var slot = 0; slot < inputs.Length; slot++)
        {
            var input = definitions[slot];
            inputs[slot] = attempt.Inputs[slot] switch
            {
                CapturedGather { IsEnough: false } gather => throw new TooFewSuccessesException(attempt.Step, flow.Artifacts[input.Source].Name, gather),
                CapturedGather gather => new GatherInput([.. gather.Outputs.Select(output => output.Stored)], [.. gather.Indices], [.. gather.Errors], gather.Succeeded, gather.Failed),
                CapturedValue value => new ProducedInput(value.Artifact, value.Output.Stored, value.Index, value.Error),
                StoredValue stored => new StoredInput(stored),
                _ when slot < attempt.Stored.Length && attempt.Stored[slot] is { } stored => new StoredInput(stored),
                TakenItem taken => Leave(attempt, slot, taken),
                StoredItems items => new IndexedInput(items.Value, attempt.Task.Index[attempt.Definition.Scope.IndexOf(input.Dimension)]),
                var collection when input.Shape == InputShape.Item => new ItemInput(await ItemAsync(flow.Dimensions[input.Dimension].Items, collection!, attempt.Task.Index[attempt.Definition.Scope.IndexOf(input.Dimension)], artifacts, itemsTravel, attempt.CancellationToken).ConfigureAwait(false)),
                _ => NoInput.Only,
            };
        }

        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(inputs);
    }

    /// <summary>The captured inputs again, for a resolver.</summary>
    public static object?[] Decode(ImmutableArray<SliceInput> inputs, StepDefinition step) => [.. inputs.Select((input, slot) => input switch
    {
        ItemInput item => new CapturedItem(item.Value),
        IndexedInput item => new IndexedItem(item.Collection, item.Position),
        StoredInput stored => stored.Value,
        ProducedInput produced => new CapturedValue(produced.Artifact, new Output(produced.Value, null), produced.Index, produced.Error),
        GatherInput gather => new CapturedGather(step.Inputs[slot], [.. gather.Outputs.Select(output => new Output(output, null))])
        {
            Indices = [.. gather.Indices],
            Errors = [.. gather.Errors],
            Succeeded = gather.Succeeded,
            Failed = gather.Failed,
        },
        _ => (object?)null,
    })];

    /// <summary>The worker reads the item where it lies; very many attempts may wait for theirs, so none keeps it in memory.</summary>
    private static IndexedInput Leave(TaskAttempt attempt, int slot, TakenItem taken)
    {
        attempt.Inputs[slot] = taken.Source;
        return new IndexedInput(taken.Source.Value, taken.Item);
    }

    /// <summary>The encoding of one item; in the store if it is large and does not travel, so that a slice stays small.</summary>
    private static async ValueTask<StoredValue> ItemAsync(ItemAccess items, object collection, int position, ArtifactStore artifacts, bool travels, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        items.Encode(buffer, items.Item(collection, position));
        var blobs = BlobsInValue.Take();
        var value = travels || buffer.WrittenCount <= StoredValue.PackLimit ? StoredValue.Of(buffer.WrittenSpan.ToArray()) : await artifacts.WriteAsync(new MemoryStream(buffer.WrittenSpan.ToArray()), cancel).ConfigureAwait(false);
        return blobs is null ? value : value.Referring(await artifacts.References.WriteAsync(blobs.Values, cancel).ConfigureAwait(false));
    }
}
