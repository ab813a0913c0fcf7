using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>
/// The outputs that tasks may still need, by artifact and ordinal, the collections that dimensions iterate, and the errors that steps are given. Guarded by the executor's lock.
/// </summary>
internal sealed class ValueTable
{
    /// <summary>Errors that the message about a gather with too few successes tells.</summary>
    private const int NamedErrors = 3;

    private readonly FlowDefinition _flow;
    private readonly SchedulerCore _core;
    private readonly Output[][] _outputs;
    private readonly object?[][] _collections;
    private readonly InputSource?[][] _sources;
    private readonly Dictionary<TaskAddress, StepError> _errors = [];
    private readonly bool _keepsErrors;

    public ValueTable(FlowDefinition flow, SchedulerCore core)
    {
        (_flow, _core) = (flow, core);
        _outputs = [.. flow.Artifacts.Select(static _ => Array.Empty<Output>())];
        _collections = [.. flow.Dimensions.Select(static _ => Array.Empty<object?>())];
        _sources = [.. flow.Steps.Select((step, s) => step.Inputs.Select(input => InputSource.Of(flow, core, core.Steps[s], input)).ToArray())];
        _keepsErrors = flow.Steps.Any(static step => step.Inputs.Any(static input => input.Wrap == InputWrap.Outcome || input.MinSuccess < 1));
    }

    /// <summary>Keeps a collection; nobody else may hold this object if its items can be changed through it.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="maker">Index of the task that made it; empty for one that a parameter is.</param>
    /// <param name="collection">The collection.</param>
    public void SetCollection(int dimension, TaskIndex maker, object? collection)
    {
        var task = _core.Graph.Makers[dimension] is >= 0 and var step ? _core.Steps[step].Space.OrdinalOf(maker) : 0;
        At(ref _collections[dimension], task, task + 1) = collection;
    }

    /// <summary>Keeps the outputs of a task, if anybody reads them. Of a loop, each iteration's take the place of the last one's.</summary>
    public void Set(TaskAddress task, ReadOnlySpan<StoredValue> stored, ReadOnlySpan<object?> values)
    {
        var step = _core.Steps[task.Step];
        if (!step.Definition.KeepsOutputs) return;
        var (first, ordinal) = (_flow.Steps[task.Step].FirstArtifact, step.Space.OrdinalOf(task.Index));
        for (var i = 0; i < stored.Length; i++)
            At(ref _outputs[first + i], ordinal, step.Space.Count) = new Output(stored[i], _flow.Artifacts[first + i].Shareable && !values.IsEmpty ? values[i] : null);
    }

    /// <summary>Keeps an error, if any step is given errors.</summary>
    public void SetError(TaskAddress task, StepError error)
    {
        if (_keepsErrors) _errors[task] = error;
    }

    /// <summary>Lets go of the outputs of tasks.</summary>
    public void Release(TaskAddress first, int count)
    {
        var step = _flow.Steps[first.Step];
        var ordinal = _core.Steps[first.Step].Space.OrdinalOf(first.Index);
        for (var artifact = step.FirstArtifact; artifact < step.FirstArtifact + step.ArtifactCount; artifact++) Clear(ref _outputs[artifact], ordinal, count);
        foreach (var dimension in _core.Graph.Steps[first.Step].Makes) Clear(ref _collections[dimension], ordinal, count);
    }

    /// <summary>
    /// What is needed to make the inputs of a task: by slot, the collection to take an item of, a <see cref="CapturedGather"/>, a <see cref="CapturedValue"/>, or of an input without a wrap and with one
    /// source just the value that may be handed on or the <see cref="StoredValue"/> to decode.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="stored">By slot, where the bytes are of an input that is just the value.</param>
    /// <param name="isGivenErrors">Whether the inputs depend on what failed.</param>
    public object?[] Capture(TaskAddress task, out StoredValue?[] stored, out bool isGivenErrors)
    {
        isGivenErrors = false;
        stored = [];
        var inputs = _flow.Steps[task.Step].Inputs;
        if (inputs.Length == 0) return [];
        var ordinal = _core.Steps[task.Step].Space.OrdinalOf(task.Index);
        var found = new object?[inputs.Length];
        stored = new StoredValue?[inputs.Length];
        for (var slot = 0; slot < found.Length; slot++)
        {
            var source = _sources[task.Step][slot];
            found[slot] = inputs[slot] switch
            {
                { Shape: InputShape.Item } item => _collections[item.Dimension][source?.GroupOf(ordinal) ?? 0],
                { Shape: InputShape.Carry } when task.Iteration > 0 => Carried(task, ordinal),
                _ when source is null => null,
                { Shape: InputShape.Gather } gather => Gather(gather, source, ordinal, ref isGivenErrors),
                { Shape: InputShape.Value or InputShape.Carry, Wrap: InputWrap.None } value => Plain(_outputs[value.Source][source.GroupOf(ordinal)], out stored[slot]),
                _ => Single(source, ordinal, ref isGivenErrors),
            };
        }

        return found;
    }

    private static object? Plain(Output output, out StoredValue? stored)
    {
        stored = output.Stored;
        return output.Live ?? stored;
    }

    private CapturedValue Carried(TaskAddress task, int ordinal)
    {
        var step = _flow.Steps[task.Step];
        var artifact = step.FirstArtifact + step.Loop!.Output;
        return new CapturedValue(artifact, _outputs[artifact][ordinal], task.Index, null);
    }

    /// <summary>The source that was not skipped; if all were, nothing of the last.</summary>
    private CapturedValue Single(InputSource source, int ordinal, ref bool isGivenErrors)
    {
        for (; ; source = source.Next)
        {
            var task = source.GroupOf(ordinal);
            var phase = source.Producer.Phases[task];
            if (phase == TaskPhase.Skipped && source.Next is not null) continue;
            var succeeded = phase == TaskPhase.Succeeded;
            var error = succeeded ? null : ErrorOf(source.Producer, task);
            isGivenErrors |= error is not null;
            return new CapturedValue(source.Artifact, succeeded ? _outputs[source.Artifact][task] : default, source.Producer.Space.IndexOf(task), error);
        }
    }

    private CapturedGather Gather(InputDefinition input, InputSource source, int ordinal, ref bool isGivenErrors)
    {
        var (producer, outputs) = (source.Producer, _outputs[source.Artifact]);
        var ranges = source.TasksOf(ordinal);
        var (kept, succeeded, failed) = (0, 0, 0);
        foreach (var range in ranges)
        {
            foreach (var phase in producer.Phases.AsSpan(range.First, range.Count))
            {
                if (phase == TaskPhase.Succeeded) succeeded++;
                else if (phase != TaskPhase.Skipped) failed++;
                if (Takes(input.Wrap, phase)) kept++;
            }
        }

        isGivenErrors |= failed > 0;
        var firstErrors = new List<StepError>();
        var gather = new CapturedGather(input, kept == 0 ? [] : new Output[kept])
        {
            Indices = input.Wrap is InputWrap.Indexed or InputWrap.Handle ? new TaskIndex[kept] : [],
            Errors = input.Wrap == InputWrap.Outcome && failed > 0 ? new StepError?[kept] : [],
            FirstErrors = firstErrors,
            Succeeded = succeeded,
            Failed = failed,
        };
        var next = 0;
        foreach (var range in ranges)
        {
            for (var task = range.First; task < range.First + range.Count; task++)
            {
                var phase = producer.Phases[task];
                if (input.MinSuccess < 1 && firstErrors.Count < NamedErrors && phase is TaskPhase.Failed or TaskPhase.Blocked && ErrorOf(producer, task) is { } error && !firstErrors.Contains(error)) firstErrors.Add(error);
                if (!Takes(input.Wrap, phase)) continue;
                if (phase == TaskPhase.Succeeded) gather.Outputs[next] = outputs[task];
                else if (gather.Errors.Length > 0) gather.Errors[next] = ErrorOf(producer, task);
                if (gather.Indices.Length > 0) gather.Indices[next] = producer.Space.IndexOf(task);
                next++;
            }
        }

        return gather;
    }

    /// <summary>Whether a gather has a place for a task that ended so.</summary>
    private static bool Takes(InputWrap wrap, TaskPhase phase) => phase switch
    {
        TaskPhase.Succeeded => true,
        TaskPhase.Skipped => wrap is InputWrap.Nullable or InputWrap.Optional,
        _ => wrap is InputWrap.Nullable or InputWrap.Optional or InputWrap.Outcome,
    };

    private StepError? ErrorOf(StepState producer, int task) =>
        producer.CauseOf(task) is not 0 and var cause ? _errors.GetValueOrDefault(_core.Causes[cause - 1]) : null;

    private static ref T At<T>(ref T[] values, int position, int count)
    {
        if (position >= values.Length) Array.Resize(ref values, Math.Max(count, (int)Math.Min(2L * values.Length, Array.MaxLength)));
        return ref values[position];
    }

    private static void Clear<T>(ref T[] values, int first, int count)
    {
        if (first >= values.Length) return;
        if (count >= values.Length) values = [];
        else Array.Clear(values, first, Math.Min(count, values.Length - first));
    }
}
