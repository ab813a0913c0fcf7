using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// The keys of a run's tasks (H10): equal exactly when the same code gets the same. A key is the SHA-256 of the version of keys, the step's fingerprint, its <c>[Environment]</c> values, the
/// parameters that it reads, and what its inputs are; of the index and iteration only if the step takes the <see cref="StepContext"/>. Attempt, run, tags, clock and files are not part of it,
/// and never a secret. A step whose code the build has not described has no keys.
/// </summary>
internal sealed class TaskKeys
{
    /// <summary>Goes up when values are encoded or keys are made in another way: results of before are then made again.</summary>
    private const int Format = 1;

    private readonly FlowDefinition _flow;
    private readonly Hash256?[] _prefixes;

    public TaskKeys(RunScope run, CodeDescription? code)
    {
        _flow = run.Flow;
        _prefixes = new Hash256?[run.Flow.Steps.Length];
        for (var s = 0; s < _prefixes.Length; s++)
            if (code?.Find(run.Flow.Steps[s].Name) is { } found) _prefixes[s] = Prefix(run, run.Flow.Steps[s], found);
    }

    /// <summary>Whether the tasks of a step have keys.</summary>
    public bool Has(int step) => _prefixes[step] is not null;

    /// <summary>The key of a task; <c>null</c> if its step has none.</summary>
    /// <param name="task">The task.</param>
    /// <param name="inputs">By slot, as they were captured.</param>
    /// <param name="stored">By slot, where the bytes are of an input that was captured as the value itself.</param>
    public Hash256? Of(TaskAddress task, object?[] inputs, StoredValue?[] stored)
    {
        if (_prefixes[task.Step] is not { } prefix) return null;
        var step = _flow.Steps[task.Step];
        var key = KeyBuffer.Rent();
        key.Add(KeyEntry.Fingerprint, prefix);
        for (var slot = 0; slot < inputs.Length; slot++) Add(key, step, step.Inputs[slot], task.Index, inputs[slot], stored[slot]);
        if (!step.TakesContext) return key.Hash();
        for (var i = 0; i < task.Index.Count; i++) key.Add(KeyEntry.Index, task.Index[i]);
        if (task.Iteration >= 0) key.Add(KeyEntry.Iteration, task.Iteration);
        if (step.Gang > 1) key.Add(KeyEntry.Gang, step.Gang);
        return key.Hash();
    }

    private void Add(KeyBuffer key, StepDefinition step, InputDefinition input, TaskIndex index, object? captured, StoredValue? stored)
    {
        if (stored is not null) key.Add(KeyEntry.Input, stored.Hash);
        else if (input.Shape == InputShape.Item) AddItem(key, step, input, index, captured);
        else if (captured is CapturedGather gather) Add(key, gather);
        else if (captured is CapturedValue value) Add(key, value.Output, value.Error);
    }

    private void AddItem(KeyBuffer key, StepDefinition step, InputDefinition input, TaskIndex index, object? captured)
    {
        var items = _flow.Dimensions[input.Dimension].Items;
        var (collection, position) = captured is TakenItem taken ? (taken.Part, taken.Position) : (captured!, index[step.Scope.IndexOf(input.Dimension)]);
        key.Add(KeyEntry.Item, (items, collection, position), static (output, state) => state.items.EncodeAt(output, state.collection, state.position));
    }

    /// <summary>Of a gather just what the step can see: the values in order, gaps and indices where it is given them.</summary>
    private static void Add(KeyBuffer key, CapturedGather gather)
    {
        key.Add(KeyEntry.Gather, gather.Outputs.Length);
        for (var i = 0; i < gather.Outputs.Length; i++)
        {
            if (gather.Indices.Length > 0)
                for (var level = 0; level < gather.Indices[i].Count; level++) key.Add(KeyEntry.Index, gather.Indices[i][level]);
            Add(key, gather.Outputs[i], gather.Errors.Length > 0 ? gather.Errors[i] : null);
        }
    }

    private static void Add(KeyBuffer key, Output output, StepError? error)
    {
        if (output.Stored is { } stored) key.Add(KeyEntry.Input, stored.Hash);
        else if (error is null) key.Add(KeyEntry.Missing);
        else
        {
            key.Add(KeyEntry.Error, error.Type);
            key.Add(KeyEntry.Value, error.Message);
        }
    }

    private static Hash256 Prefix(RunScope run, StepDefinition step, StepCode code)
    {
        var key = KeyBuffer.Rent();
        key.Add(KeyEntry.Format, Format);
        key.Add(KeyEntry.Fingerprint, code.Fingerprint);
        foreach (var (name, value) in step.Environment.Length > 1 ? step.Environment.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key)) : step.Environment)
        {
            key.Add(KeyEntry.Variable, name);
            key.Add(KeyEntry.Value, value);
        }

        if (step.Cache?.Version is { } version) key.Add(KeyEntry.CacheVersion, version);
        foreach (var p in ParametersOf(run.Flow, step, code))
        {
            var parameter = run.Flow.Parameters[p];
            key.Add(KeyEntry.Parameter, parameter.Name);
            if (parameter.IsSecret) continue;
            key.Add(KeyEntry.Value, Hash256.Of(run.Parameters.Encoded[p].Span));
            foreach (var file in run.Files.Where(file => file.Parameter == p).OrderBy(file => file.Position)) key.Add(KeyEntry.File, file.Content.Hash);
        }

        return key.Hash();
    }

    /// <summary>The parameters that a step reads or takes as a whole, by position; of one that it iterates it takes an item.</summary>
    public static IEnumerable<int> ParametersOf(FlowDefinition flow, StepDefinition step, StepCode code) =>
        Enumerable.Range(0, flow.Parameters.Length).Where(p => code.Reads.Contains(flow.Parameters[p].Name)
            || step.Inputs.Any(input => input.Kind == SourceKind.Parameter && input.Source == p && input.Shape != InputShape.Item));
}
