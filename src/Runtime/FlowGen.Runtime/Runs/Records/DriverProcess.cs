namespace FlowGen.Runs;

/// <summary>Who drives a run: enough to see at once on the same machine that the process is gone, and that a store was copied (M8).</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="Boot">Changes when the machine restarts, and differs between containers that do not see each other's processes; empty if unknown.</param>
/// <param name="ProcessId">Id of the process.</param>
/// <param name="ProcessStart">When the process started, in a unit that only this machine knows: ids are used again.</param>
/// <param name="Store">The store's location as the driver sees it.</param>
internal sealed record DriverProcess(string Host, string Boot, int ProcessId, long ProcessStart, string Store);
