namespace FlowGen.Engines;

/// <summary>
/// A cluster that runs jobs: knows nothing of flows, tasks or stores. Who decides what runs is the driver; what a job made is in the store, so nothing of a job is asked of the engine but whether it
/// still lives and, if not, why (docs/engines.md).
/// </summary>
internal interface IJobEngine : IAsyncDisposable
{
    /// <summary>Starts jobs. One whose name the engine already knows is left as it is, so that starting again after a crash is harmless (H4).</summary>
    /// <exception cref="EngineUnavailableException">The engine cannot be reached; trying again may help.</exception>
    /// <exception cref="FlowException">FG13xx: the engine refuses the jobs, and will again.</exception>
    ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel);

    /// <summary>The jobs of a run that the engine knows, the driver's included, by name. A job that was started and is not there has ended.</summary>
    ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel);

    /// <summary>Ends jobs and removes what the engine keeps of them. Jobs that are not there are no mistake.</summary>
    ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel);

    /// <summary>The last lines that a job wrote to its console, for one that ended without saying why; <c>null</c> if the engine does not have them.</summary>
    ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel);
}
