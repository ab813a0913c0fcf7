using System.Diagnostics;
using System.Runtime.Versioning;
using FlowGen.Executing.Isolation;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A driver on this machine that survives its terminal: in a session of its own, its console in a file of the store (of one that is no folder, of the directory for temporary files).</summary>
internal static class Detached
{
    /// <param name="call">Who asks.</param>
    /// <param name="run">The run.</param>
    /// <param name="store">Where it is kept.</param>
    /// <param name="worker">The program that drives it; empty: this one.</param>
    /// <exception cref="FlowException">FG1306: it cannot be started.</exception>
    public static void Start(VerbCall call, RunKey run, string store, string worker)
    {
        var console = store.Contains("://", StringComparison.Ordinal) ? Path.Combine(Path.GetTempPath(), $"flowgen-{run.Id}.log") : Path.Combine(store, "drivers", $"{run.Id}.log");
        string[] drive = ["drive", run.ToString(), "--store", store, "--console", console];
        if ((worker.Length > 0 ? (worker, drive) : WorkerProgram.Command(drive)) is not var (file, arguments))
            throw Failed(run, "this program does not hand its arguments to FlowApp, so it cannot be started as a driver");
        try
        {
            if (OperatingSystem.IsWindows()) StartOnWindows(file, arguments);
            else PosixSpawn.Detach(file, arguments);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Failed(run, e.Message);
        }

        call.Note($"What the driver writes is in {console}.");
    }

    [SupportedOSPlatform("windows")]
    private static void StartOnWindows(string file, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { CreateNoWindow = true, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNewProcessGroup = true });
    }

    private static FlowException Failed(RunKey run, string why) => new("FG1306", $"The driver of run {run} could not be started: {why}.", ExitCodes.RunFailed);
}
