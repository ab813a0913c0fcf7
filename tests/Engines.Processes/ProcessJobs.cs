using System.Diagnostics;
using FlowGen.Engines;

namespace Engines.Processes;

/// <summary>
/// Starts each job by a shell in a session of its own, which writes down what becomes of it: <c>pid</c> is the shell, <c>child</c> the program, <c>exit</c> its exit code. A driver is started again unless it
/// ended as drivers do. A folder without <c>exit</c> whose shell is gone is a job that was lost.
/// </summary>
internal sealed class ProcessJobs(string folder, string program) : IJobEngine
{
    private const string Script = """
        echo $$ > pid
        trap : TERM
        while true; do
          "$@" >> console 2>&1 &
          child=$!
          echo $child > child
          while true; do wait $child; code=$?; kill -0 $child 2>/dev/null || break; done
          if [ -e driver ] && [ ! -e stopped ]; then case $code in 0|1|2|3|4|130) ;; *) continue;; esac; fi
          break
        done
        echo $code > exit.tmp
        mv exit.tmp exit
        """;

    public async ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        foreach (var job in jobs)
        {
            var place = PlaceOf(job.Run, job.Name);
            if (Directory.Exists(place) || Directory.Exists(place + ".stopped")) continue;
            Directory.CreateDirectory(place);
            await File.WriteAllTextAsync(Path.Combine(place, "job.sh"), Script, cancel);
            if (job.IsDriver) await File.WriteAllTextAsync(Path.Combine(place, "driver"), "", cancel);
            string[] command = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : [program];
            var start = new ProcessStartInfo("bash", ["-c", "setsid bash job.sh \"$@\" < /dev/null > /dev/null 2>&1 &", "job", .. command, .. job.Arguments]) { WorkingDirectory = place };
            foreach (var (name, value) in job.Environment) start.Environment[name] = value;
            // Only what was asked for: an engine does not hand on what it is not told to.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLOWGEN_PARAM_", StringComparison.Ordinal) && !job.Secrets.Contains(name)).ToList()) start.Environment.Remove(name);
            using var shell = Process.Start(start)!;
            await shell.WaitForExitAsync(cancel);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel)
    {
        var jobs = new Dictionary<string, JobReport>();
        var of = PlaceOf(run, "");
        if (Directory.Exists(of))
            foreach (var place in Directory.GetDirectories(of))
                if (!place.EndsWith(".stopped", StringComparison.Ordinal)) jobs.Add(Path.GetFileName(place), ReportOf(place));
        return new(jobs);
    }

    public ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
        {
            var place = PlaceOf(run, name);
            if (!Directory.Exists(place)) continue;
            File.WriteAllText(Path.Combine(place, "stopped"), "");
            if (Number(place, "child") is { } child && IsAlive(child)) Signal(child, "TERM");
            Directory.Move(place, place + ".stopped");
        }

        return default;
    }

    public async ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel)
    {
        var file = Path.Combine(PlaceOf(run, name), "console");
        return File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : null;
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>Ends the program of a job, and with it what watches over it: as when its machine is lost.</summary>
    public static void Kill(string place, bool withShell)
    {
        if (withShell && Number(place, "pid") is { } shell) Signal(shell, "KILL");
        if (Number(place, "child") is { } child) Signal(child, "KILL");
    }

    /// <summary>Sends a signal to the program of a job.</summary>
    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }

    public static int? Number(string place, string file) => File.Exists(Path.Combine(place, file)) && int.TryParse(File.ReadAllText(Path.Combine(place, file)), out var number) ? number : null;

    private static JobReport ReportOf(string place)
    {
        if (Number(place, "exit") is { } code) return code == 0 ? new JobReport(JobPhase.Succeeded, Place: Environment.MachineName) : new JobReport(JobPhase.Failed, ExitCode: code, Place: Environment.MachineName);
        if (Number(place, "pid") is not { } shell) return new JobReport(JobPhase.Waiting);
        return IsAlive(shell) ? new JobReport(JobPhase.Running, Place: Environment.MachineName)
            // It may have written its exit code in this moment.
            : Number(place, "exit") is null ? new JobReport(JobPhase.Lost, JobEnd.NodeLost, Reason: "its machine is gone (test)", Place: Environment.MachineName) : ReportOf(place);
    }

    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private string PlaceOf(string run, string name) => Path.Combine(folder, run.Replace('/', '_'), name);
}
