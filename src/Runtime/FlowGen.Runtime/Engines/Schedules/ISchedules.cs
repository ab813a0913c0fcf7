namespace FlowGen.Engines;

/// <summary>
/// What an engine starts by the clock. The engine itself keeps all of it: what is deployed is what it says. Schedules of one flow and branch are a <b>group</b>: they are installed, and removed, together.
/// </summary>
internal interface ISchedules : IAsyncDisposable
{
    /// <summary>All schedules of FlowGen that the engine keeps for whoever asks.</summary>
    ValueTask<IReadOnlyList<InstalledSchedule>> ListAsync(CancellationToken cancel);

    /// <summary>Makes the engine keep just these schedules of a group. Those that are suspended stay so. All is checked before the first is written; what is as it should be already is left alone.</summary>
    /// <returns>What became of each, in order of names; those that were removed too.</returns>
    /// <exception cref="EngineUnavailableException">The engine cannot be reached; trying again may help.</exception>
    /// <exception cref="FlowException">FG13xx: the engine cannot keep them.</exception>
    ValueTask<IReadOnlyList<ScheduleChange>> InstallAsync(string group, IReadOnlyList<ScheduledStart> starts, CancellationToken cancel);

    /// <summary>What would be installed, as a text that the engine's own tool takes. Nothing is asked of the engine.</summary>
    string Describe(string group, IReadOnlyList<ScheduledStart> starts);

    /// <summary>Lets schedules rest, or wakes them up.</summary>
    /// <param name="names">Names of schedules that are there.</param>
    /// <param name="isSuspended">Whether they are to rest.</param>
    /// <param name="cancel">Stops.</param>
    ValueTask SuspendAsync(IReadOnlyCollection<string> names, bool isSuspended, CancellationToken cancel);

    /// <summary>Removes schedules. What they have started goes on.</summary>
    ValueTask DeleteAsync(IReadOnlyCollection<string> names, CancellationToken cancel);
}
