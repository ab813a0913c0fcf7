using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>An output that somebody may still need: where its bytes are, and the value itself if it may be handed on as it is.</summary>
internal readonly record struct Output(StoredValue Stored, object? Live);

/// <summary>The outputs that tasks may still need, by artifact and index, and the collections that dimensions iterate. Guarded by the executor's lock.</summary>
internal sealed class ValueTable(FlowDefinition flow, SchedulerCore core)
{
    private readonly Output[]?[] _outputs = new Output[]?[flow.Artifacts.Length];
    private readonly object?[] _collections = new object?[flow.Dimensions.Length];

    /// <summary>Keeps a collection; nobody else may hold this object if its items can be changed through it.</summary>
    public void SetCollection(int dimension, object? collection) => _collections[dimension] = collection;

    /// <summary>Keeps the outputs of a task, if anybody reads them.</summary>
    public void Set(TaskAddress task, ReadOnlySpan<StoredValue> stored, ReadOnlySpan<object?> values)
    {
        var state = core.Steps[task.Step];
        if (!state.HasReaders) return;
        var first = flow.Steps[task.Step].FirstArtifact;
        for (var i = 0; i < stored.Length; i++)
        {
            var outputs = _outputs[first + i] ??= new Output[state.Width];
            outputs[Math.Max(task.Index.Last, 0)] = new Output(stored[i], flow.Artifacts[first + i].Shareable && !values.IsEmpty ? values[i] : null);
        }
    }

    /// <summary>Lets go of the outputs of tasks.</summary>
    public void Release(TaskAddress first, int count)
    {
        var step = flow.Steps[first.Step];
        for (var artifact = step.FirstArtifact; artifact < step.FirstArtifact + step.ArtifactCount; artifact++)
        {
            if (_outputs[artifact] is not { } outputs) continue;
            if (count == outputs.Length) _outputs[artifact] = null;
            else Array.Clear(outputs, Math.Max(first.Index.Last, 0), count);
        }

        foreach (var dimension in core.Graph.Steps[first.Step].Makes) _collections[dimension] = null;
    }

    /// <summary>
    /// What is needed to make the inputs of a task: by slot, a value that may be handed on, a <see cref="StoredValue"/> to decode, the outputs to gather, or the collection to take an item of.
    /// </summary>
    public object?[] Capture(TaskAddress task)
    {
        var inputs = flow.Steps[task.Step].Inputs;
        if (inputs.Length == 0) return [];
        var found = new object?[inputs.Length];
        for (var slot = 0; slot < found.Length; slot++)
        {
            var input = inputs[slot];
            if (input.Shape == InputShape.Item) found[slot] = _collections[input.Dimension];
            else if (input.Kind == SourceKind.Artifact)
            {
                // A gather over nothing finds nothing kept.
                var outputs = _outputs[input.Source] ?? [];
                if (input.Shape == InputShape.Gather) found[slot] = outputs.Clone();
                else
                {
                    var output = outputs.Length == 1 ? outputs[0] : outputs[task.Index.Last];
                    found[slot] = output.Live ?? output.Stored;
                }
            }
        }

        return found;
    }
}
