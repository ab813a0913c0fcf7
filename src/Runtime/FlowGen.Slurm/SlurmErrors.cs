using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>What Slurm's commands say, as what it means for a driver; <c>docs/rules</c> has a page for each.</summary>
internal static class SlurmErrors
{
    public const string BadSetting = "FG1340", NoCommands = "FG1341", Refused = "FG1342", NoFolder = "FG1343", NoScrontab = "FG1344", OtherClock = "FG1345", BadScrontab = "FG1346";

    /// <summary>Parts of messages that say: not now. A controller that is down or busy, and limits on how many jobs one may have, which end with other jobs.</summary>
    private static readonly string[] Passing =
    [
        "Unable to contact slurm controller", "timed out", "Connection refused", "Connection reset", "Unable to establish", "Zero Bytes were transmitted", "temporarily unable", "Resource temporarily unavailable",
        "standby mode", "Transport endpoint", "Communication connection failure", "Unexpected message received", "Unspecified error", "Invalid authentication credential", "authentication plugin", "Protocol authentication error",
        "Munge", "AssocMaxSubmitJobLimit", "AssocGrpSubmitJobsLimit", "QOSMaxSubmitJob", "QOSGrpSubmitJobsLimit", "MaxSubmitJob", "job submit limit", "slurm_receive_msg", "slurm_send_node_msg", "No route to host", "Slurm database error",
    ];

    /// <summary>Turns a failure of a command into what the driver needs to know.</summary>
    public static Exception Of(string command, int exitCode, string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.StartsWith(command + ": ", StringComparison.Ordinal) ? line[(command.Length + 2)..] : line)
            .Select(static line => line.StartsWith("error: ", StringComparison.Ordinal) ? line[7..] : line);
        var said = string.Join("; ", lines.Distinct()) is { Length: > 0 } text ? text.TrimEnd('.') : $"exit code {exitCode}";
        return Passing.Any(part => said.Contains(part, StringComparison.OrdinalIgnoreCase))
            ? new EngineUnavailableException($"Slurm does not answer: {said}.")
            : new FlowException(Refused, $"Slurm refuses: {said}. Correct what it names in [Resources], or in the settings of the engine (partition, account, constraint, qos, time, lines).", 1);
    }

    public static FlowException Missing(string command, Exception e) =>
        new(NoCommands, $"Slurm's command {command} cannot be started: {e.Message}. Submit from a machine of the cluster where sbatch, squeue and scancel are on the PATH.", 1, e);

    public static FlowException Folder(string folder, Exception e) =>
        new(NoFolder, $"The folder {folder} for the output of jobs cannot be used: {e.Message} Set another with --set folder=PATH; all machines of the cluster must see it.", 1, e);
}
