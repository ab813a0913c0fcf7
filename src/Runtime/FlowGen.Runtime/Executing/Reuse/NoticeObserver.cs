using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>Hears nothing of a run but its notices.</summary>
internal sealed class NoticeObserver(Action<string> notice) : IRunObserver
{
    public void Notice(string text) => notice(text);

    public void RunStarted(RunManifest manifest, FlowDefinition flow, string store) { }

    public void DimensionSized(DimensionSized sized) { }

    public void AttemptStarted(TaskAddress task, int attempt) { }

    public void AttemptFailed(AttemptFailed failure) { }

    public void TaskFinished(RunRecord outcome) { }

    public void TasksBlocked(TasksBlocked blocked) { }

    public void TasksSkipped(TasksSkipped skipped) { }

    public void Progress(TaskAddress task, double fraction, string? message) { }

    public void Line(TaskAddress task, string line) { }

    public void RunFinished(RunFinished end) { }
}
