using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// What earlier runs left of one flow: the run that is resumed, the run that it resumed, and so on. Earlier ones are read only when a result is not found in the later ones. A flow that is a task of
/// another has a chain of its own, of what the same runs left of it.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="earlier">The runs, by position.</param>
/// <param name="inherited">What earlier drivers of this run have recorded: what they have taken is taken.</param>
internal sealed class ReuseChain(FlowDefinition flow, Func<int, Task<EarlierFlow?>> earlier, FlowState? inherited = null)
{
    private readonly Lock _lock = new();
    private readonly List<Task<ReusableRun?>> _runs = [];

    /// <summary>Finds and takes the result of a task.</summary>
    public async ValueTask<(TaskState Task, ReusableRun Run)?> TakeAsync(TaskAddress task, Hash256 key)
    {
        for (var i = 0; await RunAsync(i).ConfigureAwait(false) is { } run; i++)
            if (run.Take(task, key) is { } found) return (found, run);
        return null;
    }

    /// <summary>The chain of the flow that a task of this one is.</summary>
    public ReuseChain Of(FlowDefinition inner, TaskAddress task) => new(inner, async position =>
    {
        if (await earlier(position).ConfigureAwait(false) is not { } run) return null;
        var step = run.Flow is null ? -1 : ReusableRun.Find(run.Flow.Graph, flow.Steps[task.Step].Name);
        return new EarlierFlow(step < 0 ? null : run.Flow!.SubFlows.GetValueOrDefault(task with { Step = step, Outer = null }), run.Run);
    }, inherited?.SubFlows.GetValueOrDefault(task with { Outer = null }));

    private HashSet<string> TakenBefore() =>
        inherited is null ? [] : inherited.Tasks.Where(task => task.Origin is not null).Select(task => task.Origin!).ToHashSet(StringComparer.Ordinal);

    private Task<ReusableRun?> RunAsync(int position)
    {
        lock (_lock)
        {
            if (position == _runs.Count) _runs.Add(AtAsync(position, position == 0 ? null : _runs[^1]));
            return _runs[position];
        }
    }

    /// <summary>A run of the chain, without the results that later ones have taken from it.</summary>
    private async Task<ReusableRun?> AtAsync(int position, Task<ReusableRun?>? later)
    {
        var last = later is null ? null : await later.ConfigureAwait(false);
        if (later is not null && last is null || await earlier(position).ConfigureAwait(false) is not { } found) return null;
        return new ReusableRun(found, flow, last is null ? TakenBefore() : last.Taken().ToHashSet(StringComparer.Ordinal));
    }
}
