using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using FlowGen;
using FlowGen.CommandLine;
using FlowGen.Runs;

namespace Runtime.Tests.CommandLine;

/// <summary>A run of the sample flow, made by hand: fit[1] failed after three attempts, fit[2] was reused, the rest is blocked.</summary>
internal static class SampleRun
{
    public static readonly RunKey Key = new("sample", "7zzd0q2k0-x3k9q2mf");
    private static readonly DateTimeOffset Created = new(2026, 3, 14, 13, 45, 0, 250, TimeSpan.FromHours(2));

    public static RunState Failed { get; } = Make(RunStatus.Failed,
    [
        Done(0, -1, 12, [Value(0, 7)]),
        Done(1, -1, 3, [Value(1, new[] { 1, 2, 3 })]),
        new DimensionSized(0, default, 3),
        Done(2, 0, 1500, [Value(2, 0.5)]),
        new TaskFailed(new(2, 1), 3, 9, Created.AddMilliseconds(10), TimeSpan.FromMilliseconds(20), new TaskError(TaskErrorKind.User, "System.InvalidOperationException", "no \u001b[31mdata\u001b[0m\nin fold", "System.InvalidOperationException: no data in fold\n   at Fit()")),
        Done(2, 2, 9, [Value(2, 0.75)], "sample/7zzd0q2k1-x3k9q2mf/fit[2]"),
        new TasksBlocked(new(3), 1, new TaskAddress(2, 1)),
        new TasksBlocked(new(4), 1, new TaskAddress(2, 1)),
    ]);

    /// <summary>Interrupted before the grid existed.</summary>
    public static RunState Interrupted { get; } = Make(RunStatus.Interrupted, [Done(0, -1, 12, [Value(0, 7)])]);

    /// <summary>The failed run with lines of its first task and of two attempts of fit[1].</summary>
    public static RunState WithLogs { get; } = With(
    [
        Logged((new TaskAddress(0), 7UL, "2026-03-14T11:45:00.100Z reading\n2026-03-14T11:45:00.200Z 7 rows\n"), (new TaskAddress(2, 1), 8UL, "2026-03-14T11:45:00.300Z \u001b[1mfirst\u001b[0m try\n")),
        Logged((new TaskAddress(2, 1), 9UL, "2026-03-14T11:45:00.400Z third try\n")),
    ]);

    /// <summary>The failed run with other logs.</summary>
    public static RunState With(ImmutableArray<LogsWritten> logs) => new() { Manifest = Failed.Manifest, Status = Failed.Status, Extents = Failed.Extents, Steps = Failed.Steps, Logs = logs, InputFiles = [] };

    private static LogsWritten Logged(params (TaskAddress Task, ulong Attempt, string Text)[] entries)
    {
        var pack = new ArrayBufferWriter<byte>();
        var segments = ImmutableArray.CreateBuilder<LogSegment>();
        foreach (var (task, attempt, text) in entries)
        {
            var start = pack.WrittenCount;
            Encoding.UTF8.GetBytes(text, pack);
            segments.Add(new LogSegment(task, attempt, start, pack.WrittenCount - start));
        }

        return new LogsWritten(StoredValue.Of(pack.WrittenSpan.ToArray()), segments.DrainToImmutable());
    }

    /// <summary>A run of a flow that had no artifact named best.</summary>
    public static RunState OfAnOlderFlow { get; } = new()
    {
        Manifest = Failed.Manifest with { Graph = Failed.Manifest.Graph with { Artifacts = [.. Failed.Manifest.Graph.Artifacts.Select(a => a.Name == "best" ? a with { Name = "winner" } : a)] } },
        Status = Failed.Status, Extents = Failed.Extents, Steps = Failed.Steps, Logs = [], InputFiles = [],
    };

    /// <summary>A run whose first artifact is not of the type that today's flow says.</summary>
    public static RunState Damaged { get; } = Make(RunStatus.Succeeded, [Done(0, -1, 12, [Value(4, "text")])]);

    public static RunSummary Summarize(RunState state) => new(state.Manifest, state.Status, state.Finished, state.Duration, state.Reason);

    /// <summary>A store with nothing in it: all values of these runs are in memory.</summary>
    public static ArtifactStore Artifacts { get; } = new(new FlowGen.Storage.InMemoryStore(), TimeProvider.System);

    public static ValueTask<ReadOnlySequence<byte>> Read(StoredValue value, CancellationToken cancel) => ValueTask.FromResult(new ReadOnlySequence<byte>(value.Bytes!));

    /// <summary>What a view writes.</summary>
    public static string Text(Action<TextWriter> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        write(output);
        return output.ToString();
    }

    /// <summary>What a view writes.</summary>
    public static async Task<string> TextAsync(Func<TextWriter, Task> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        await write(output);
        return output.ToString();
    }

    /// <summary>What a view writes.</summary>
    public static async Task<string> JsonAsync(Func<System.Text.Json.Utf8JsonWriter, Task> write)
    {
        using var output = new MemoryStream();
        await JsonOutput.WriteAsync(output, write);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static RunState Make(RunStatus status, RunRecord[] records) => Fold(GraphDescription.Of(SampleFlow.Definition), status, records);

    /// <summary>A run as its log tells it.</summary>
    public static RunState Fold(GraphDescription graph, RunStatus status, params RunRecord[] records)
    {
        var manifest = new RunManifest
        {
            Run = Key,
            Created = Created,
            User = "ann",
            Host = "box\u0007",
            Tags = ["prod", "weekly"],
            Graph = graph,
            Parameters = [new RecordedParameter("folds", "int", Encode(0, 3)), new RecordedParameter("note", "string?", Encode(4, "naïve \u001b[2J"))],
            RuntimeVersion = "10.0.0",
            FlowGenVersion = "0.1.0",
        };
        var fold = new RunFold();
        var end = status is RunStatus.Running or RunStatus.Interrupted ? (RunRecord[])[] : [new RunFinished(status, Created.AddSeconds(2), TimeSpan.FromSeconds(1.75), null)];
        fold.Add(new LogSlot(0, 0, default, [new RunRegistered(manifest), new EpochStarted(0, new DriverProcess("box", "", 1, 1, ""), Created), .. records, .. end]));
        return fold.Build(status);
    }

    public static TaskSucceeded Done(int step, int index, int milliseconds, ImmutableArray<StoredValue> outputs, string? origin = null) =>
        new(new TaskAddress(step, index < 0 ? default : (TaskIndex)index), 1, step == 0 ? 7UL : step == 2 ? 9UL : 5UL, Created.AddMilliseconds(10), TimeSpan.FromMilliseconds(milliseconds), outputs, origin);

    private static byte[] Encode(int parameter, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SampleFlow.Definition.Parameters[parameter].Encode(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    private static StoredValue Value(int artifact, object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SampleFlow.Definition.Artifacts[artifact].Encode(buffer, value);
        return StoredValue.Of(buffer.WrittenSpan.ToArray());
    }
}
