using System.Globalization;
using System.Text;
using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>The shell script of a job. Nothing in it is open to the shell: each value stands in quotes.</summary>
internal static class JobScript
{
    /// <summary>How often a driver that dies is started again in its job, with a second more of a pause each time.</summary>
    private const int Restarts = 20;

    /// <param name="batch">What it starts.</param>
    /// <param name="settings">What is set.</param>
    /// <param name="secrets">Path of the file with the secrets of a job; <c>null</c> for none.</param>
    public static string Of(JobBatch batch, SlurmSettings settings, Func<JobRequest, string?> secrets)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        foreach (var line in settings.Lines.Commands) text.Append(line).Append('\n');
        foreach (var (name, value) in batch.First.Environment) text.Append("export ").Append(Name(name)).Append('=').Append(Sh.Quote(value)).Append('\n');
        if (batch.IsArray)
        {
            text.Append("case \"$SLURM_ARRAY_TASK_ID\" in\n");
            foreach (var (index, job) in batch.Jobs) text.Append(CultureInfo.InvariantCulture, $"{index}) set -- {Words(job)}; secrets={Sh.Quote(secrets(job) ?? "")} ;;\n");
            text.Append("esac\n");
        }
        else text.Append(CultureInfo.InvariantCulture, $"set -- {Words(batch.First)}\nsecrets={Sh.Quote(secrets(batch.First) ?? "")}\n");
        text.Append("[ -z \"$secrets\" ] || . \"$secrets\"\n");
        text.Append(batch.First.IsDriver ? Driver(settings.Program) : $"[ -z \"$secrets\" ] || rm -f \"$secrets\"\nexec {Sh.Quote(settings.Program)} \"$@\"\n");
        return text.ToString();
    }

    /// <summary>A file of secrets, for the script to read.</summary>
    public static string Exports(IEnumerable<KeyValuePair<string, string>> secrets) => string.Concat(secrets.Select(static pair => $"export {Name(pair.Key)}={Sh.Quote(pair.Value)}\n"));

    /// <summary>
    /// Keeps a driver alive. Slurm's own SIGTERM (cancelled, preempted) reaches all processes of the job, so it is not passed on: a second one would end the driver at once. The one that Slurm sends
    /// before the time is up (USR1) reaches this shell alone. Exit code 75 means that the driver has handed over to its successor, which is this job, queued again.
    /// </summary>
    private static string Driver(string program) => $$"""
        ended=
        trap 'ended=1' TERM
        trap 'kill -TERM "$child"' USR1
        try=0
        while :; do
            {{Sh.Quote(program)}} "$@" &
            child=$!
            wait "$child"
            code=$?
            while kill -0 "$child" 2> /dev/null; do
                wait "$child"
                code=$?
            done
            [ -z "$ended" ] || exit "$code"
            case "$code" in
            0 | 1 | 2 | 3 | 126 | 127 | 130)
                [ -z "$secrets" ] || rm -f "$secrets"
                exit "$code"
                ;;
            75) pause=1 ;;
            *)
                try=$((try + 1))
                [ "$try" -le {{Restarts}} ] || exit "$code"
                pause=$try
                ;;
            esac
            # Slurm tells one process after another: what ended the driver may not have come here yet.
            sleep "$pause"
            [ -z "$ended" ] || exit "$code"
            if [ "$code" = 75 ]; then
                scontrol requeue "$SLURM_JOB_ID" && sleep 60
                exit "$code"
            fi
            echo "The driver ended with exit code $code and is started again." >&2
        done

        """;

    private static string Words(JobRequest job) => string.Join(' ', job.Arguments.Select(Sh.Quote));

    private static string Name(string name) => Sh.IsName(name) ? name : throw new ArgumentException($"'{name}' cannot be the name of a variable.", nameof(name));
}
