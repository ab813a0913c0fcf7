using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>Slurm's words for the state of a job, as what it means for a driver and in words for people.</summary>
internal static class JobStates
{
    public static JobReport Report(QueueEntry entry) => Phase(entry) with { EngineId = entry.Id, Place = entry.Place.Length > 0 ? entry.Place : null };

    private static JobReport Phase(QueueEntry entry)
    {
        var on = entry.Place.Length > 0 ? $" on {entry.Place}" : "";
        var (code, signal) = (entry.ExitCode >> 8 & 255, entry.ExitCode & 127);
        // More words may follow the first, such as the names of machines or who cancelled.
        return entry.State.Split(' ', '+')[0] switch
        {
            "PENDING" => Pending(entry.Reason),
            "CONFIGURING" or "POWER_UP_NODE" => Waiting($"its machine is being started ({entry.State})"),
            "REQUEUED" or "REQUEUE_FED" => Waiting($"it waits to be started again ({entry.State})"),
            "REQUEUE_HOLD" or "SPECIAL_EXIT" or "RESV_DEL_HOLD" => Waiting($"it is held; scontrol release {entry.Id} lets it start ({entry.State})"),
            "SUSPENDED" or "STOPPED" => new(JobPhase.Running, Reason: $"it is suspended{on} ({entry.State})"),
            "RUNNING" or "COMPLETING" or "RESIZING" or "SIGNALING" or "STAGE_OUT" or "EXPEDITING" or "UPDATE_DB" => new(JobPhase.Running),
            "COMPLETED" => new(JobPhase.Succeeded, ExitCode: 0),
            "FAILED" when code is 126 or 127 => Lost(JobEnd.CannotStart, $"the program could not be started{on}: it must be in a folder that all machines see (exit code {code})"),
            "FAILED" when entry.Reason is "BadConstraints" or "NonZeroExitCode" or "None" or "" || code != 0 => Failed(entry, code, signal, on),
            "FAILED" => signal != 0 && entry.Reason == "JobLaunchFailure" ? Failed(entry, code, signal, on) : Lost(JobEnd.Other, $"Slurm ended it{on} ({entry.Reason})"),
            "OUT_OF_MEMORY" => Lost(JobEnd.OutOfMemory, $"out of memory{on}: it used more than it had asked for (OUT_OF_MEMORY)"),
            "TIMEOUT" or "DEADLINE" => Lost(JobEnd.TimeLimit, $"its time limit was up{on} ({entry.State})"),
            "PREEMPTED" => Lost(JobEnd.Preempted, $"it had to make room for others{on} (PREEMPTED)"),
            "NODE_FAIL" => Lost(JobEnd.NodeLost, $"its machine{(on.Length > 0 ? on[3..] : "")} failed (NODE_FAIL)"),
            "BOOT_FAIL" or "LAUNCH_FAILED" or "RECONFIG_FAIL" => Lost(JobEnd.NodeLost, $"its machine{(on.Length > 0 ? on[3..] : "")} could not be started ({entry.State})"),
            "CANCELLED" or "REVOKED" when entry.Reason == "DependencyNeverSatisfied" => Lost(JobEnd.CannotStart, "what it depends on has failed (DependencyNeverSatisfied)"),
            "CANCELLED" or "REVOKED" => Lost(JobEnd.Cancelled, $"it was cancelled{on} ({entry.State})"),
            _ => new(JobPhase.Running, Reason: $"Slurm calls its state {entry.State}"),
        };
    }

    private static JobReport Failed(QueueEntry entry, int code, int signal, string on) => entry.Reason == "BadConstraints"
        ? Lost(JobEnd.CannotStart, "no machine has what it asks for (BadConstraints)")
        : signal == 0 ? new(JobPhase.Failed, ExitCode: code, Reason: $"exit code {code}{on}") : new(JobPhase.Failed, ExitCode: 128 + signal, Reason: $"ended by signal {signal}{on}");

    private static JobReport Pending(string reason) => reason switch
    {
        "None" or "" or "Priority" => Waiting(reason == "Priority" ? "other jobs come first (Priority)" : null),
        "Resources" => Waiting("no machine is free (Resources)"),
        "BeginTime" => Waiting("it may not start yet (BeginTime)"),
        "Dependency" => Waiting("it waits for another job (Dependency)"),
        "DependencyNeverSatisfied" => Lost(JobEnd.CannotStart, "what it depends on has failed (DependencyNeverSatisfied)"),
        "BadConstraints" => Lost(JobEnd.CannotStart, "no machine has what it asks for (BadConstraints)"),
        "JobHeldUser" or "JobHeldAdmin" => Waiting($"it is held ({reason})"),
        "PartitionDown" or "PartitionInactive" => Waiting($"its partition takes no jobs now ({reason})"),
        "PartitionConfig" => Waiting($"no machine of its partition has what it asks for ({reason})"),
        "PartitionNodeLimit" or "PartitionTimeLimit" => Waiting($"it asks for more than its partition allows ({reason})"),
        _ when reason.StartsWith("ReqNodeNotAvail", StringComparison.Ordinal) || reason.StartsWith("Nodes_required", StringComparison.Ordinal) => Waiting($"machines that it needs are down or reserved ({reason})"),
        _ when reason.StartsWith("Assoc", StringComparison.Ordinal) || reason.StartsWith("QOS", StringComparison.Ordinal) => Waiting($"a limit of its account or quality of service is reached ({reason})"),
        _ when reason.Contains("launch failed", StringComparison.OrdinalIgnoreCase) => Waiting($"a machine could not start it, and it is held ({reason})"),
        _ => Waiting(reason),
    };

    private static JobReport Waiting(string? reason) => new(JobPhase.Waiting, Reason: reason);

    private static JobReport Lost(JobEnd end, string reason) => new(JobPhase.Lost, end, Reason: reason);
}
