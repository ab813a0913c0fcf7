using System.Globalization;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class LogsVerb : Verb
{
    public override string Name => "logs";
    public override string Summary => "Shows what the steps of a run wrote.";
    public override bool TakesRun => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("--task", "TASK", "Only that of a step (fit) or task (score[3,1], score.3.1)."),
        new("--all", null, "That of every attempt, not of the last one only."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (store, state) = await call.ReadRunAsync().ConfigureAwait(false);
        var isAll = call.Arguments.Has("--all");
        var tasks = TaskSelection.Select(state, call.Arguments.Text("--task")).ToList();
        var lines = ReusedLogs.ReadAsync(store, tasks, isAll, text => call.Environment.Error.WriteLine("note: " + Printable.Line(text)))
            .Concat(LogReader.ReadAsync(state, store.Artifacts.ReadAsync, tasks, isAll));
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => WriteJsonAsync(json, state, lines)).ConfigureAwait(false);
        else await WriteTextAsync(call.Out, state, lines, withTask: tasks.Count > 1, isAll).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    internal static async Task WriteTextAsync(TextWriter output, RunState state, IAsyncEnumerable<LogLine> lines, bool withTask, bool withAttempt)
    {
        await foreach (var line in lines.ConfigureAwait(false))
        {
            var attempt = withAttempt ? " " + line.AttemptId.ToString("x16", CultureInfo.InvariantCulture)[^4..] : "";
            var prefix = withTask || withAttempt ? $"{state.NameOf(line.Task)}{attempt} | " : "";
            output.WriteLine(prefix + Printable.Line(line.Text));
        }
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
}
