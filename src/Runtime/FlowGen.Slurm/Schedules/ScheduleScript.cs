using System.Globalization;
using System.Text;
using FlowGen.Engines;

namespace FlowGen.Slurm.Schedules;

/// <summary>
/// The shell script that a line of <c>scrontab</c> starts: a line has no room for quotes within quotes, nor for the commands that people add to their jobs. Jobs of the clock have no environment but that of a
/// login, so what jobs get from whoever submits stands in it.
/// </summary>
internal static class ScheduleScript
{
    /// <summary>How often a start that could not be made is tried again, with 20 s more of a pause each time: five minutes in all.</summary>
    private const int Retries = 5;

    /// <param name="start">What it starts.</param>
    /// <param name="settings">What is set.</param>
    /// <param name="variables">The environment of whoever deploys.</param>
    public static string Of(ScheduledStart start, SlurmSettings settings, IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        text.Append("# Made by 'deploy' for the schedule ").Append(start.Name).Append(".\n");
        foreach (var name in JobOptions.Variables(settings, variables.Keys.ToHashSet(StringComparer.Ordinal))) text.Append("export ").Append(name).Append('=').Append(Sh.Quote(variables[name])).Append('\n');
        foreach (var line in settings.Lines.Commands) text.Append(line).Append('\n');
        foreach (var (name, value) in start.Job.Environment) text.Append("export ").Append(name).Append('=').Append(Sh.Quote(value)).Append('\n');
        text.Append("set --").Append(string.Concat(start.Job.Arguments.Select(static argument => " " + Sh.Quote(argument)))).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $$"""
            try=0
            while :; do
                {{Sh.Quote(settings.Program)}} "$@"
                code=$?
                case "$code" in
                0 | 1 | 2 | 3 | 126 | 127 | 130) exit "$code" ;;
                esac
                try=$((try + 1))
                [ "$try" -le {{Retries}} ] || exit "$code"
                sleep $((try * 20))
            done

            """);
        return text.ToString();
    }
}
