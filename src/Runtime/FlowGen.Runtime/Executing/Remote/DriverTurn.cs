using FlowGen.CompilerServices;
using FlowGen.Engines;

namespace FlowGen.Executing.Remote;

/// <summary>
/// A driver that somebody else starts whenever there is something to decide, and that waits for no job (ADR 33): it takes the run over, comes by what has happened, goes as far as it can without jobs,
/// writes down the slices of one step, and hands the run over. It is its own engine: jobs that it is asked to start are only noted, and whoever started it starts them.
/// </summary>
/// <param name="step">The step of the run's flow whose tasks are sent, all jobs of which have ended; <c>null</c> if the jobs of all steps have, and no more are sent.</param>
internal sealed class DriverTurn(string? step) : IJobEngine
{
    /// <summary>Attempts that may wait at the same time: all that are due must be looked at, or those of the step may not be among them.</summary>
    public const int MostTasks = 1 << 24;

    /// <summary>A task that is due so soon is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<JobRequest> _jobs = [];

    /// <summary>The jobs to start.</summary>
    public IReadOnlyList<JobRequest> Jobs => _jobs;

    /// <summary>Whether it came to its end, and was not ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When nothing else is to be done, how long the first task that waits for its next attempt does so; <c>null</c> if there is none.</summary>
    public TimeSpan? Pause { get; private set; }

    /// <summary>Whether there has to be another turn of the step.</summary>
    public bool HasMore => _jobs.Count > 0 || Pause is not null;

    /// <summary>The name of a step from the run's flow inwards.</summary>
    /// <param name="flowPath">Its flow, as in <see cref="RunScope.FlowPath"/>.</param>
    /// <param name="name">Its name.</param>
    public static string PathOf(string flowPath, string name) => flowPath.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? $"{flowPath[(end + 1)..]}/{name}" : name;

    /// <summary>The flow without limits of tasks at the same time: whoever starts the jobs keeps them.</summary>
    public static FlowDefinition Unlimited(FlowDefinition flow) => flow.Steps.All(static step => step.MaxParallel == 0) ? flow : flow with { Steps = [.. flow.Steps.Select(static step => step with { MaxParallel = 0 })] };

    /// <summary>Why a slice is not done whose job has ended. Its pod was started again as often as the system's budget allows, so what ran in it is not tried again, unless with more memory.</summary>
    public static JobReport Lost(StepDefinition step) => step.Resources is { MemoryGrowth: > 1 }
        ? new JobReport(JobPhase.Lost, JobEnd.OutOfMemory, Reason: "it was killed, which [Resources(OnOutOfMemory)] takes for too little memory")
        : new JobReport(JobPhase.Lost, Reason: "it ended before it was done, each time it was started");

    /// <summary>Whether all jobs of a step of the run's flow have ended.</summary>
    public bool Covers(string name) => step is null || step == name;

    /// <summary>Whether tasks of a step are sent.</summary>
    public bool Sends(string flowPath, string name)
    {
        var path = PathOf(flowPath, name);
        return step is not null && path.StartsWith(step, StringComparison.Ordinal) && (path.Length == step.Length || path[step.Length] == '/');
    }

    /// <param name="next">When the first of the tasks that wait is due.</param>
    public void End(TimeSpan? next) => (IsOver, Pause) = (true, _jobs.Count == 0 ? next : null);

    public ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        _jobs.AddRange(jobs);
        return default;
    }

    public ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel) => new(new Dictionary<string, JobReport>());

    public ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel) => default;

    public ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel) => default;

    public ValueTask DisposeAsync() => default;
}
