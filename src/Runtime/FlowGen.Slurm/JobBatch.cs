using System.Globalization;
using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>
/// Jobs that one <c>sbatch</c> starts: one job, or an array of jobs whose names differ by a number only. The number is the index in the array and the name holds <c>%a</c> in its place, so that Slurm's own
/// name and index tell which job is meant, without a list kept anywhere.
/// </summary>
/// <param name="Name">Slurm's name of it.</param>
/// <param name="Jobs">The jobs by their index; a single job has 0.</param>
internal sealed record JobBatch(string Name, IReadOnlyList<(int Index, JobRequest Job)> Jobs)
{
    public const string Number = "%a";

    public bool IsArray => Name.Contains(Number, StringComparison.Ordinal);

    public JobRequest First => Jobs[0].Job;

    /// <summary>The indices as <c>sbatch</c> wants them: <c>1-4,7</c>.</summary>
    public string Indices
    {
        get
        {
            var ranges = new List<string>();
            for (var i = 0; i < Jobs.Count;)
            {
                var end = i;
                while (end + 1 < Jobs.Count && Jobs[end + 1].Index == Jobs[end].Index + 1) end++;
                ranges.Add(end == i ? Text(Jobs[i].Index) : $"{Text(Jobs[i].Index)}-{Text(Jobs[end].Index)}");
                i = end + 1;
            }
            return string.Join(',', ranges);
        }
    }

    /// <summary>The name of a job of the array.</summary>
    public static string NameOf(string name, string index) => name.Replace(Number, index, StringComparison.Ordinal);

    /// <summary>Puts jobs together.</summary>
    /// <param name="jobs">Jobs of one run.</param>
    /// <param name="limit">Indices of arrays are less than this; 0 for no arrays.</param>
    public static IEnumerable<JobBatch> Of(IEnumerable<JobRequest> jobs, int limit)
    {
        var left = jobs.ToList();
        var patterns = left.Where(static job => !job.IsDriver)
            .SelectMany(job => Patterns(job.Name, limit).Select(pattern => (Kind: (pattern.Name, Key(job)), pattern.Index, Job: job)))
            .GroupBy(static entry => entry.Kind)
            .Where(static group => group.Skip(1).Any())
            .OrderByDescending(static group => group.Count());
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in patterns.ToList())
        {
            var members = group.Where(entry => !taken.Contains(entry.Job.Name)).Select(static entry => (entry.Index, entry.Job)).OrderBy(static entry => entry.Index).ToList();
            if (members.Count < 2) continue;
            taken.UnionWith(members.Select(static member => member.Job.Name));
            yield return new JobBatch(group.Key.Name, members);
        }
        foreach (var job in left.Where(job => !taken.Contains(job.Name))) yield return new JobBatch(job.Name, [(0, job)]);
    }

    /// <summary>The name with each of its numbers as the index. A number with a zero in front would come back as another.</summary>
    private static IEnumerable<(string Name, int Index)> Patterns(string name, int limit)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiDigit(name[i])) continue;
            var end = i + 1;
            while (end < name.Length && char.IsAsciiDigit(name[end])) end++;
            if ((name[i] != '0' || end == i + 1) && int.TryParse(name.AsSpan(i, end - i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < limit)
                yield return ($"{name[..i]}{Number}{name[end..]}", number);
            i = end;
        }
    }

    /// <summary>All that jobs of one array have in common.</summary>
    private static string Key(JobRequest job) => string.Join('\n', [
        job.Run, job.Flow, job.Resources.ToString(), job.TimeLimit.ToString() ?? "",
        .. job.Environment.Select(static pair => $"{pair.Key.Length}:{pair.Key}{pair.Value.Length}:{pair.Value}"), "", .. job.Secrets]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
