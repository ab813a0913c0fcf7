using System.Globalization;
using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>Jobs of Slurm, through its own commands: they know the site's configuration and authentication, and exist wherever jobs may be submitted.</summary>
internal sealed class SlurmJobs(SlurmSettings settings, SlurmCommands commands) : IJobEngine
{
    /// <summary>Most identifiers on the command line of one <c>scancel</c>.</summary>
    private const int IdsAtOnce = 500;

    /// <summary>Texts by which the part of Slurm that watches memory without control groups says what it did: the state of such a job says nothing.</summary>
    private static readonly string[] MemoryWords = ["exceeded memory limit", "Exceeded job memory limit", "oom-kill", "oom_kill"];

    private readonly JobFolder _folder = new(settings.Folder);
    private int _arrayLimit = -1;

    public async ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        foreach (var run in jobs.GroupBy(static job => job.Run, StringComparer.Ordinal))
        {
            var known = (await QueueAsync(run.Key, cancel).ConfigureAwait(false)).Select(static entry => entry.JobName).ToHashSet(StringComparer.Ordinal);
            var wanted = run.Where(job => !known.Contains(job.Name)).ToList();
            if (wanted.Count == 0) continue;
            _folder.Make(run.Key);
            foreach (var batch in JobBatch.Of(wanted, wanted.Count > 1 ? await ArrayLimitAsync(cancel).ConfigureAwait(false) : 0)) await SubmitAsync(batch, cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel)
    {
        var reports = new Dictionary<string, JobReport>(StringComparer.Ordinal);
        foreach (var entry in await QueueAsync(run, cancel).ConfigureAwait(false))
        {
            var report = Explain(run, entry, JobStates.Report(entry));
            // Two of one name: the answer to sbatch was lost and it came through all the same. The one that lives counts.
            if (!reports.TryGetValue(entry.JobName, out var other) || other.HasEnded && !report.HasEnded) reports[entry.JobName] = report;
        }
        return reports;
    }

    public async ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        var ids = (await QueueAsync(run, cancel).ConfigureAwait(false)).Where(entry => wanted.Contains(entry.JobName) && IsThere(entry)).Select(static entry => entry.Id);
        foreach (var some in ids.Chunk(IdsAtOnce)) await commands.RunAsync("scancel", ["--quiet", .. some], null, cancel).ConfigureAwait(false);
        foreach (var name in wanted) _folder.Forget(run, name);
    }

    public ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel) => new(_folder.ReadConsole(run, name));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Whether Slurm would still start it or runs it, even if it has no chance.</summary>
    private static bool IsThere(QueueEntry entry) => entry.State == "PENDING" || !JobStates.Report(entry).HasEnded;

    private async ValueTask<List<QueueEntry>> QueueAsync(string run, CancellationToken cancel) =>
        [.. QueueEntry.Parse(await commands.RunAsync("squeue", QueueEntry.Command, null, cancel).ConfigureAwait(false)).Where(entry => entry.Run == run)];

    private async ValueTask SubmitAsync(JobBatch batch, CancellationToken cancel)
    {
        var run = batch.First.Run;
        var secrets = batch.Jobs.ToDictionary(static member => member.Job.Name, member => _folder.WriteSecrets(member.Job), StringComparer.Ordinal);
        // A percent sign means something to Slurm; in the name of an array it is to.
        var output = Path.Combine(_folder.Of(run).Replace("%", "%%", StringComparison.Ordinal), batch.Name + ".log");
        var options = JobOptions.Of(batch, settings, output, Environment.GetEnvironmentVariables().Keys.Cast<string>());
        var script = JobScript.Of(batch, settings, job => secrets[job.Name]);
        await commands.RunAsync("sbatch", options, script, cancel).ConfigureAwait(false);
    }

    private JobReport Explain(string run, QueueEntry entry, JobReport report) =>
        report.Phase is JobPhase.Failed or JobPhase.Lost && report.End is JobEnd.Other or JobEnd.Cancelled && _folder.ReadConsole(run, entry.JobName) is { } console
            && MemoryWords.Any(word => console.Contains(word, StringComparison.Ordinal))
            ? report with { Phase = JobPhase.Lost, End = JobEnd.OutOfMemory, ExitCode = null, Reason = $"out of memory on {entry.Place}: it used more than it had asked for (Slurm's limit on memory)" }
            : report;

    /// <summary>Slurm's MaxArraySize, 1,001 unless the site has set it.</summary>
    private async ValueTask<int> ArrayLimitAsync(CancellationToken cancel)
    {
        if (_arrayLimit >= 0) return _arrayLimit;
        var line = (await commands.RunAsync("scontrol", ["show", "config"], null, cancel).ConfigureAwait(false)).Split('\n').FirstOrDefault(static line => line.StartsWith("MaxArraySize", StringComparison.Ordinal));
        return _arrayLimit = line is not null && int.TryParse(line.AsSpan(line.IndexOf('=', StringComparison.Ordinal) + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 0;
    }
}
