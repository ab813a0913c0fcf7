using System.Globalization;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class LogsVerb : Verb
{
    public override string Name => "logs";
    public override string Summary => "Shows what the steps of a run wrote.";
    public override bool TakesRun => true;

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--task", "TASK", "Only that of a step (fit) or task (score[3,1], score.3.1)."),
        new("--all", null, "That of every attempt, not of the last one only."),
        new("--timestamps", null, "When each line was written, in UTC."),
        new("--follow", null, "Go on with what is written from now on, of every attempt, until the run ends."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var isFollowing = call.Arguments.Has("--follow");
        if (isFollowing && call.IsJson) throw new UsageException("FG1003", "Options --follow and --json exclude each other: a document ends, and a run that goes on does not.");
        var isAll = call.Arguments.Has("--all");
        var form = new LineForm(call.Arguments.Has("--timestamps"), isAll);
        var (store, run) = await call.FindRunAsync().ConfigureAwait(false);
        if (isFollowing) return await FollowAsync(call, store, run, form).ConfigureAwait(false);

        var state = await store.ReadAsync(run, CancellationToken.None).ConfigureAwait(false);
        var tasks = TaskSelection.Select(state, call.Arguments.Text("--task")).ToList();
        var lines = ReusedLogs.ReadAsync(store, tasks, isAll, call.Note)
            .Concat(LogReader.ReadAsync(state, store.Artifacts.ReadAsync, tasks, isAll));
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => WriteJsonAsync(json, state, lines)).ConfigureAwait(false);
        else await WriteTextAsync(call.Out, state, lines, form with { HasTask = tasks.Count > 1 || isAll }).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>How a line is shown.</summary>
    /// <param name="HasTime">With the time.</param>
    /// <param name="HasAttempt">With the attempt.</param>
    internal readonly record struct LineForm(bool HasTime, bool HasAttempt)
    {
        public bool HasTask { get; init; }
    }

    internal static async Task WriteTextAsync(TextWriter output, RunState state, IAsyncEnumerable<LogLine> lines, LineForm form)
    {
        await foreach (var line in lines.ConfigureAwait(false)) output.WriteLine(Show(state.Manifest.Graph, line, form));
    }

    internal static async Task WriteJsonAsync(Utf8JsonWriter json, RunState state, IAsyncEnumerable<LogLine> lines)
    {
        json.WriteStartObject();
        json.WriteString("flow", state.Manifest.Run.Flow);
        json.WriteString("run", state.Manifest.Run.ToString());
        json.WriteStartArray("lines");
        await foreach (var line in lines.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("task", state.NameOf(line.Task));
            json.WriteString("attempt", line.AttemptId.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteTime("time", line.Time);
            json.WriteString("text", line.Text);
            json.WriteEndObject();
            if (json.BytesPending > JsonOutput.FlushAt) await json.FlushAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task<int> FollowAsync(VerbCall call, RunStore store, RunKey run, LineForm form)
    {
        var fold = await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false);
        var manifest = fold.Manifest!;
        var wanted = TaskSelection.Matching(manifest, call.Arguments.Text("--task"));
        form = form with { HasTask = true };

        foreach (var flow in fold.Build(RunStatus.Running).Flows)
            foreach (var written in flow.Logs) await WriteAsync(flow.Outer, written).ConfigureAwait(false);
        await call.Out.FlushAsync().ConfigureAwait(false);
        var follower = new RunFollower(store, run, fold, call.Environment.Time);
        await foreach (var slots in follower.FollowAsync(CancellationToken.None).ConfigureAwait(false))
        {
            foreach (var (outer, record) in slots.SelectMany(slot => slot.Records).Select(record => Unwrap(null, record)))
            {
                if (record is LogsWritten written) await WriteAsync(outer, written).ConfigureAwait(false);
                else if (record is TaskFailed failed && wanted(failed.Task with { Outer = outer })) Write(LogReader.LinesOf(failed.Task with { Outer = outer }, failed.AttemptId, failed.Started + failed.Duration, failed.Error));
            }

            await call.Out.FlushAsync().ConfigureAwait(false);
        }

        if (follower.IsAbandoned) call.Note($"Run {run} is interrupted: its driver is gone. 'resume {run.Short}' continues it.");
        return ExitCodes.Success;

        async Task WriteAsync(OuterTask? outer, LogsWritten written)
        {
            var segments = written.Segments.Select(segment => segment with { Task = segment.Task with { Outer = outer } }).Where(segment => wanted(segment.Task)).ToList();
            Write(await LogReader.LinesOfAsync(manifest, store.Artifacts.ReadAsync, written.Pack, segments, CancellationToken.None).ConfigureAwait(false));
        }

        void Write(IEnumerable<LogLine> lines)
        {
            foreach (var line in lines) call.Out.WriteLine(Show(manifest.Graph, line, form));
        }
    }

    /// <summary>What happened, and the sub-flow that it happened in.</summary>
    internal static (OuterTask? Outer, RunRecord Record) Unwrap(OuterTask? outer, RunRecord record) =>
        record is InSubFlow inside ? Unwrap(new OuterTask(inside.Task with { Outer = outer }), inside.Record) : (outer, record);

    private static string Show(GraphDescription graph, LogLine line, LineForm form)
    {
        var time = form.HasTime ? (line.Time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z '", CultureInfo.InvariantCulture) : new string(' ', 25)) : "";
        var attempt = form.HasAttempt ? " " + line.AttemptId.ToString("x16", CultureInfo.InvariantCulture)[^4..] : "";
        return time + (form.HasTask ? $"{graph.NameOf(line.Task)}{attempt} | " : "") + Printable.Line(line.Text);
    }
}
