using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>Hears what happens in a run, in order, one call at a time. Outcomes are told only when they are durable (H3). Calls must return quickly.</summary>
internal interface IRunObserver
{
    /// <summary>The run is registered in the store.</summary>
    void RunStarted(RunManifest manifest, FlowDefinition flow, string store);

    /// <summary>A collection of a dimension is known.</summary>
    void DimensionSized(DimensionSized sized);

    /// <summary>An attempt started.</summary>
    void AttemptStarted(TaskAddress task, int attempt);

    /// <summary>An attempt failed and the task will be tried again.</summary>
    void AttemptFailed(AttemptFailed failure);

    /// <summary>A task was taken over from the run that is resumed, succeeded, or failed for good; durable.</summary>
    void TaskFinished(RunRecord outcome);

    /// <summary>Tasks can never start; durable.</summary>
    void TasksBlocked(TasksBlocked blocked);

    /// <summary>It was decided that tasks need not run; durable.</summary>
    void TasksSkipped(TasksSkipped skipped);

    /// <summary>A running step told how far it is.</summary>
    void Progress(TaskAddress task, double fraction, string? message);

    /// <summary>A line that a step wrote to the console or its logger.</summary>
    void Line(TaskAddress task, string line);

    /// <summary>Something people should know that is not an error, such as an unreachable store that is tried again.</summary>
    void Notice(string text);

    /// <summary>The run is over; durable.</summary>
    void RunFinished(RunFinished end);
}
