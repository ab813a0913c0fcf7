using FlowGen.CompilerServices;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>Where an input that does not come from a parameter comes from: an artifact's producer, and which of its tasks agree with the step's.</summary>
internal sealed class InputSource
{
    private readonly TaskProjection _toShared;
    private readonly TaskProjection _fromShared;

    private InputSource(int artifact, StepState step, StepState producer, TaskSpace shared, InputSource? next)
    {
        (Artifact, Producer, Next) = (artifact, producer, next);
        (_toShared, _fromShared) = (new TaskProjection(step.Space, shared), new TaskProjection(producer.Space, shared));
    }

    /// <summary>Position of the artifact.</summary>
    public int Artifact { get; }

    /// <summary>The step that makes it.</summary>
    public StepState Producer { get; }

    /// <summary>The next alternative, if any.</summary>
    public InputSource? Next { get; }

    public static InputSource? Of(FlowDefinition flow, SchedulerCore core, StepState step, InputDefinition input)
    {
        if (input.Kind == SourceKind.Parameter) return null;
        InputSource? source = null;
        foreach (var artifact in (input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source]).Reverse())
        {
            var producer = core.Steps[ProducerOf(flow, artifact)];
            source = new InputSource(artifact, step, producer, core.Spaces.Of([.. producer.Space.Scope.Where(step.Space.Scope.Contains)]), source);
        }

        return source;
    }

    /// <summary>The group of tasks that agree with the step's task; of a producer without other dimensions, its only one.</summary>
    public int GroupOf(int task) => _toShared.Of(task);

    /// <summary>The producer's tasks that agree with the step's task, in index order.</summary>
    public ReadOnlySpan<TaskRange> TasksOf(int task) => _fromShared.Select(_toShared.Of(task));

    private static int ProducerOf(FlowDefinition flow, int artifact)
    {
        var step = 0;
        while (artifact >= flow.Steps[step].FirstArtifact + flow.Steps[step].ArtifactCount || artifact < flow.Steps[step].FirstArtifact) step++;
        return step;
    }
}
