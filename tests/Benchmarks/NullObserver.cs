using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;

namespace Benchmarks;

/// <summary>Nobody watches.</summary>
internal sealed class NullObserver : IRunObserver
{
    public void RunStarted(RunManifest manifest, FlowDefinition flow, string store) { }
    public void DimensionSized(DimensionSized sized) { }
    public void AttemptStarted(TaskAddress task, int attempt) { }
    public void AttemptFailed(AttemptFailed failure) { }
    public void TaskFinished(RunRecord outcome) { }
    public void TasksBlocked(TasksBlocked blocked) { }
    public void TasksSkipped(TasksSkipped skipped) { }
    public void Progress(TaskAddress task, double fraction, string? message) { }
    public void Line(TaskAddress task, string line) { }
    public void Notice(string text) { }
    public void RunFinished(RunFinished end) { }
}
