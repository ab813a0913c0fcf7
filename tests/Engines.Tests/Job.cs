using FlowGen.CompilerServices;
using FlowGen.Engines;

namespace Engines.Tests;

/// <summary>Jobs for tests of engines alone: their program is a shell.</summary>
internal static class Job
{
    /// <summary>A run of its own.</summary>
    public static string NewRun() => "squares/" + Guid.NewGuid().ToString("n")[..18];

    public static JobRequest Shell(string run, string name, string script, bool isDriver = false, ResourceDefinition? resources = null) => new()
    {
        Name = $"{run[(run.IndexOf('/') + 1)..]}-{name}",
        Run = run,
        Flow = "squares",
        Arguments = ["-c", script],
        IsDriver = isDriver,
        Resources = resources ?? new(),
    };

    public static ValueTask StartAsync(this IJobEngine engine, params JobRequest[] jobs) => engine.StartAsync(jobs, CancellationToken.None);

    public static ValueTask StopAsync(this IJobEngine engine, params JobRequest[] jobs) => engine.StopAsync(jobs[0].Run, [.. jobs.Select(job => job.Name)], CancellationToken.None);

    public static async Task<JobReport?> ReportAsync(this IJobEngine engine, JobRequest job) => (await engine.ListAsync(job.Run, CancellationToken.None)).GetValueOrDefault(job.Name);

    /// <summary>Waits for a job to be as a test wants it.</summary>
    public static async Task<JobReport> WhenAsync(this IJobEngine engine, JobRequest job, Func<JobReport, bool> condition)
    {
        JobReport? last = null;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!limit.IsCancellationRequested)
        {
            last = await engine.ReportAsync(job);
            if (last is not null && condition(last)) return last;
            await Task.Delay(50);
        }
        throw new TimeoutException($"The job {job.Name} did not come that far; last: {last}; it printed: {await engine.ReadConsoleAsync(job.Run, job.Name, CancellationToken.None)}");
    }

    public static Task<JobReport> EndAsync(this IJobEngine engine, JobRequest job) => engine.WhenAsync(job, static report => report.HasEnded);

    public static Task<JobReport> RunningAsync(this IJobEngine engine, JobRequest job) => engine.WhenAsync(job, static report => report.Phase == JobPhase.Running);

    /// <summary>Waits for a file that a job writes.</summary>
    public static async Task<string> WhenWrittenAsync(string path, Func<string, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (File.Exists(path) && await File.ReadAllTextAsync(path, CancellationToken.None) is var text && condition(text)) return text;
            if (limit.IsCancellationRequested) throw new TimeoutException($"{path} never became what it should; it is: {(File.Exists(path) ? await File.ReadAllTextAsync(path, CancellationToken.None) : "not there")}");
            await Task.Delay(50);
        }
    }
}
