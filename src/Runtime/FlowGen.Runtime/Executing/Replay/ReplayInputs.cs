using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Replay;

/// <summary>
/// Finds the inputs that a task had in a recorded run, in the form in which <see cref="InputResolver"/> takes them. Today's step says what it wants; the run says which tasks made it. Steps, artifacts,
/// parameters and dimensions are the same when their names are.
/// </summary>
internal sealed class ReplayInputs(FlowDefinition flow, RunState run, InputResolver resolver, ParameterValues parameters)
{
    private readonly GraphDescription _graph = run.Manifest.Graph;
    private readonly Lineage _lineage = new(run);

    /// <exception cref="FlowException">FG1040: an input does not exist.</exception>
    public async Task<object?[]> CaptureAsync(StepDefinition step, TaskState task, CancellationToken cancel)
    {
        var recorded = _graph.Steps[task.Address.Step];
        if (!step.Scope.Select(dimension => flow.Dimensions[dimension].Name).SequenceEqual(recorded.Scope.Select(dimension => _graph.Dimensions[dimension].Name)))
            throw Impossible(task, $"step {step.Name} runs for other items today");
        var inputs = new object?[step.Inputs.Length];
        for (var slot = 0; slot < inputs.Length; slot++) inputs[slot] = await CaptureAsync(step.Inputs[slot], task, cancel).ConfigureAwait(false);
        return inputs;
    }

    private async ValueTask<object?> CaptureAsync(InputDefinition input, TaskState task, CancellationToken cancel)
    {
        var isCarried = input.Shape == InputShape.Carry && task.Address.Iteration > 0;
        if (input.Kind == SourceKind.Parameter && !isCarried) return input.Shape == InputShape.Item ? parameters.ForDimension(input.Source) : null;
        var found = isCarried ? _lineage.InputOf(task, input) : _lineage.InputOf(task, input with { Source = Recorded(input.Source, task), Alternatives = [.. input.Alternatives.Select(artifact => Recorded(artifact, task))] });
        var artifact = PositionOf(found.Source);
        if (input.Shape == InputShape.Gather) return Gather(input, found);
        if (found.Tasks is not [var producer]) throw Impossible(task, $"its input {input.Name} has no task that makes it");
        if (producer is not { HasSucceeded: true, GoesOn: false } && !(input.Shape == InputShape.Carry && producer.HasSucceeded))
        {
            var accepts = producer.Status == FlowTaskStatus.Skipped ? input.Wrap is InputWrap.Nullable or InputWrap.Optional : input.Wrap == InputWrap.Outcome && producer.Status is FlowTaskStatus.Failed or FlowTaskStatus.Blocked;
            if (!accepts) throw Impossible(task, $"its input {input.Name} does not exist, as {run.NameOf(producer.Address)} is {StatusNames.Of(producer.Status)}");
            return new CapturedValue(artifact, default, producer.Address.Index, ErrorOf(producer));
        }

        var stored = producer.Outputs[found.Output];
        return input.Shape == InputShape.Item
            ? await resolver.CollectionAsync(artifact, stored, flow.Dimensions[input.Dimension].Items, cancel).ConfigureAwait(false)
            : new CapturedValue(artifact, new Output(stored, null), producer.Address.Index, null);
    }

    private CapturedGather Gather(InputDefinition input, LineageInput found)
    {
        var taken = found.Tasks.Where(producer => producer.HasSucceeded || input.Wrap is InputWrap.Nullable or InputWrap.Optional
            || (input.Wrap == InputWrap.Outcome && producer.Status is FlowTaskStatus.Failed or FlowTaskStatus.Blocked)).ToList();
        return new CapturedGather(input, [.. taken.Select(producer => producer.HasSucceeded ? new Output(producer.Outputs[found.Output], null) : default)])
        {
            Indices = input.Wrap is InputWrap.Indexed or InputWrap.Handle ? [.. taken.Select(producer => producer.Address.Index)] : [],
            Errors = input.Wrap == InputWrap.Outcome ? [.. taken.Select(ErrorOf)] : [],
            FirstErrors = [.. found.Tasks.Select(ErrorOf).OfType<StepError>().Distinct().Take(3)],
            Succeeded = found.Tasks.Count(producer => producer.HasSucceeded),
            Failed = found.Tasks.Count(producer => producer.Status is FlowTaskStatus.Failed or FlowTaskStatus.Blocked),
        };
    }

    /// <summary>The original error, also of a task that never started because of it.</summary>
    private StepError? ErrorOf(TaskState task)
    {
        var cause = task.BlockedBy is { } by ? run.Find(by) ?? task : task;
        return cause.Error is { } error ? new StepError(run.NameOf(cause.Address), error.Type, error.Message) : null;
    }

    private int Recorded(int artifact, TaskState task)
    {
        var name = flow.Artifacts[artifact].Name;
        for (var i = 0; i < _graph.Artifacts.Length; i++)
            if (_graph.Artifacts[i].Name == name) return i;
        throw Impossible(task, $"the run has no artifact '{name}', which the step takes today");
    }

    private int PositionOf(string artifact)
    {
        var position = 0;
        while (flow.Artifacts[position].Name != artifact) position++;
        return position;
    }

    private FlowException Impossible(TaskState task, string why) =>
        new("FG1040", $"Task {run.NameOf(task.Address)} of run {run.Manifest.Run} cannot be replayed: {why}. 'lineage' shows what it was computed from.", 2);
}
