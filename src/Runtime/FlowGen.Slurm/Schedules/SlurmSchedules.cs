using System.Collections;
using System.Collections.Immutable;
using FlowGen.Engines;

namespace FlowGen.Slurm.Schedules;

/// <summary>Schedules in the <c>scrontab</c> of the user, each starting a script in the shared folder.</summary>
/// <param name="settings">What is set.</param>
/// <param name="commands">Runs Slurm's commands.</param>
/// <param name="time">The clock.</param>
/// <param name="command">The one that keeps the schedules.</param>
internal sealed class SlurmSchedules(SlurmSettings settings, SlurmCommands commands, TimeProvider time, string command = "scrontab") : ISchedules
{
    private string Folder => Path.Combine(settings.Folder, "schedules");

    public async ValueTask<IReadOnlyList<InstalledSchedule>> ListAsync(CancellationToken cancel)
    {
        var tab = await ReadAsync(cancel).ConfigureAwait(false);
        return [.. tab.Groups().SelectMany(tab.Entries).Select(static entry => entry.Describe())];
    }

    public async ValueTask<IReadOnlyList<ScheduleChange>> InstallAsync(string group, IReadOnlyList<ScheduledStart> starts, CancellationToken cancel)
    {
        var wanted = Plan(starts);
        var tab = await ReadAsync(cancel).ConfigureAwait(false);
        var present = tab.Entries(group).ToDictionary(static entry => entry.Name, StringComparer.Ordinal);
        var (entries, changes) = (new List<ScrontabEntry>(), new List<ScheduleChange>());
        foreach (var (fresh, script) in wanted)
        {
            var old = present.GetValueOrDefault(fresh.Name);
            var entry = fresh with { IsSuspended = old?.IsSuspended == true };
            entries.Add(entry);
            var (before, after) = (old?.Text + ScriptFiles.Read(old?.Script), entry.Text + script);
            var fate = old is null ? ScheduleFate.Installed : before == after ? ScheduleFate.Unchanged : ScheduleFate.Updated;
            changes.Add(new ScheduleChange(fresh.Name, fate, entry.IsSuspended, fate == ScheduleFate.Updated ? TextDifferences.Between(before, after) : []));
        }

        var stale = present.Values.Where(entry => entries.All(kept => kept.Name != entry.Name)).ToList();
        changes.AddRange(stale.Select(static entry => new ScheduleChange(entry.Name, ScheduleFate.Removed, entry.IsSuspended, [])));
        if (changes.Any(static change => change.Fate != ScheduleFate.Unchanged))
        {
            // Scripts first: a line must find its own.
            foreach (var (entry, script) in wanted) ScriptFiles.Write(entry.Script!, script);
            await WriteAsync(tab.With(group, entries), cancel).ConfigureAwait(false);
            foreach (var entry in stale) ScriptFiles.Delete(entry.Script);
        }

        return [.. changes.OrderBy(static change => change.Name, StringComparer.Ordinal)];
    }

    public string Describe(string group, IReadOnlyList<ScheduledStart> starts)
    {
        var plan = Plan(starts);
        return Scrontab.Block(group, [.. plan.Select(static pair => pair.Entry)]) + string.Concat(plan.Select(static pair => $"\n# {pair.Entry.Script}\n{pair.Script}"));
    }

    public ValueTask SuspendAsync(IReadOnlyCollection<string> names, bool isSuspended, CancellationToken cancel) =>
        ChangeAsync(entry => names.Contains(entry.Name) ? entry with { IsSuspended = isSuspended } : entry, cancel);

    public async ValueTask DeleteAsync(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var scripts = new List<string?>();
        await ChangeAsync(entry =>
        {
            if (!names.Contains(entry.Name)) return entry;
            scripts.Add(entry.Script);
            return null;
        }, cancel).ConfigureAwait(false);
        foreach (var script in scripts) ScriptFiles.Delete(script);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask ChangeAsync(Func<ScrontabEntry, ScrontabEntry?> change, CancellationToken cancel)
    {
        var before = await ReadAsync(cancel).ConfigureAwait(false);
        var tab = before.Groups().Aggregate(before, (tab, group) => new Scrontab(tab.With(group, [.. tab.Entries(group).Select(change).OfType<ScrontabEntry>()])));
        if (tab.Text != before.Text) await WriteAsync(tab.Text, cancel).ConfigureAwait(false);
    }

    /// <summary>Entries and scripts; nothing is asked or written.</summary>
    private List<(ScrontabEntry Entry, string Script)> Plan(IReadOnlyList<ScheduledStart> starts)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static pair => (string)pair.Key, static pair => (string)pair.Value!, StringComparer.Ordinal);
        var clock = new ClusterClock(settings.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Local, time.GetUtcNow());
        return [.. starts.Select(start =>
        {
            if (start.RequiredSecrets is [var secret, ..])
                throw new FlowException(SlurmErrors.BadSetting, $"Each run needs the secret {secret}, and the environment of whoever deploys is not there when a schedule starts one. Put it into a file that only you can read and all machines see, and name that: --{secret["FLOWGEN_PARAM_".Length..].ToLowerInvariant().Replace('_', '-')}-file FILE.", 2);
            ImmutableArray<string> lines = [.. Options(start).Select(static option => ScrontabEntry.Option + Word(option)), $"{clock.LineOf(start)} {Sh.Quote(Path.Combine(Folder, start.Name + ".sh"))}"];
            return (new ScrontabEntry(start.Name, start.Group, start.Job.Flow, start.Declared.Cron, start.Declared.TimeZone, start.User.ReplaceLineEndings(" "), lines, IsSuspended: false), ScheduleScript.Of(start, settings, variables));
        })];
    }

    private IEnumerable<string> Options(ScheduledStart start)
    {
        yield return "--job-name=" + start.Name;
        yield return "--output=" + Path.Combine(Folder, start.Name + ".log").Replace("%", "%%", StringComparison.Ordinal);
        yield return "--open-mode=append";
        yield return "--ntasks=1";
        if (settings.Time is { } limit) yield return "--time=" + limit;
        foreach (var option in settings.Options) yield return option;
        if (settings.DriverPartition is { } partition) yield return "--partition=" + partition;
        foreach (var option in settings.Lines.Options) yield return option;
    }

    /// <summary>A word as such lines hold it: in quotes if it has blanks.</summary>
    private static string Word(string text) => text.Any(static c => char.IsWhiteSpace(c) || c is '#' or '"' or '\'') ? $"\"{text.Replace("\"", "'", StringComparison.Ordinal)}\"" : text;

    private async ValueTask<Scrontab> ReadAsync(CancellationToken cancel)
    {
        var (code, text, error) = await AskAsync(["-l"], null, cancel).ConfigureAwait(false);
        if (code == 0) return new Scrontab(text);
        return text.StartsWith("no crontab for ", StringComparison.Ordinal) ? new Scrontab("") : throw Failed(code, text, error);
    }

    private async ValueTask WriteAsync(string text, CancellationToken cancel)
    {
        var (code, said, error) = await AskAsync([text.Length == 0 ? "-r" : "-"], text, cancel).ConfigureAwait(false);
        if (code != 0) throw Failed(code, said, error);
    }

    private async ValueTask<(int ExitCode, string Out, string Error)> AskAsync(string[] arguments, string? input, CancellationToken cancel)
    {
        try
        {
            return await commands.AskAsync(command, arguments, input, cancel).ConfigureAwait(false);
        }
        catch (FlowException e) when (e.Code == SlurmErrors.NoCommands)
        {
            throw new FlowException(SlurmErrors.NoScrontab, $"Slurm's command scrontab cannot be started: {e.InnerException!.Message}. Deploy from a machine that has it (Slurm 20.11 and newer; Debian's packages leave it out), or let its cron start 'submit'.", 1, e);
        }
    }

    private static Exception Failed(int code, string said, string error) => error.Contains("scrontab is disabled", StringComparison.Ordinal)
        ? new FlowException(SlurmErrors.NoScrontab, "This cluster has scrontab switched off. Its administrators can switch it on (ScronParameters=enable in slurm.conf); else let cron on a machine of the cluster start 'submit'.", 1)
        : SlurmErrors.Of("scrontab", code, $"{error}\n{said}");
}
