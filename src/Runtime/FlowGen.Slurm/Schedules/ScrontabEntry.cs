using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using FlowGen.Engines;

namespace FlowGen.Slurm.Schedules;

/// <summary>
/// A schedule in <c>scrontab</c>: a line for people, lines with options, and the line with time and command. One that rests has the mark with which Slurm itself shows what <c>scancel</c> has switched off, so
/// that both are the same.
/// </summary>
/// <param name="Name">Name of the schedule.</param>
/// <param name="Group">Its group.</param>
/// <param name="Flow">The flow.</param>
/// <param name="Cron">As it was declared.</param>
/// <param name="TimeZone">As it was declared.</param>
/// <param name="User">Who made it.</param>
/// <param name="Lines">Options, and the line with time and command, without marks.</param>
/// <param name="IsSuspended">Whether it rests.</param>
internal sealed partial record ScrontabEntry(string Name, string Group, string Flow, string Cron, string TimeZone, string User, ImmutableArray<string> Lines, bool IsSuspended)
{
    public const string Option = "#SCRON ";

    private const string Disabled = "#DISABLED: ";

    /// <summary>Path of the script that it starts.</summary>
    public string? Script => Lines is [.., var line] && Quoted().Match(line) is { Success: true } match ? match.Groups[1].Value.Replace(@"'\''", "'", StringComparison.Ordinal) : null;

    /// <summary>As it stands in the file.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder($"# {Name}: flow {Flow}, {Cron} ({TimeZone}), by {User}\n");
            foreach (var line in Lines) text.Append(IsSuspended ? Disabled : "").Append(line).Append('\n');
            return text.ToString();
        }
    }

    public InstalledSchedule Describe() => new(Name, Group, Flow, Cron, TimeZone, IsSuspended, User);

    /// <summary>Reads the inside of a block. Lines that are not FlowGen's are in nobody's block but its own, and go when it is written again.</summary>
    public static IEnumerable<ScrontabEntry> Parse(string group, ImmutableArray<string> lines)
    {
        ScrontabEntry? current = null;
        foreach (var whole in lines)
        {
            var line = whole.TrimEnd('\n', '\r');
            if (Heading().Match(line) is { Success: true, Groups: var parts })
            {
                if (current is not null) yield return current;
                current = new ScrontabEntry(parts["name"].Value, group, parts["flow"].Value, parts["cron"].Value, parts["zone"].Value, parts["user"].Value, [], IsSuspended: false);
            }
            else if (current is not null && line.Length > 0)
            {
                var isDisabled = line.StartsWith(Disabled, StringComparison.Ordinal);
                current = current with { Lines = current.Lines.Add(isDisabled ? line[Disabled.Length..] : line), IsSuspended = isDisabled };
            }
        }

        if (current is not null) yield return current;
    }

    [GeneratedRegex(@"\A# (?<name>[a-z0-9-]+): flow (?<flow>\S+), (?<cron>.+?) \((?<zone>[^()]+)\), by (?<user>.*)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"'((?:[^']|'\\'')*)'\z", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
