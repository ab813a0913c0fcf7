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

    public static RunState Failed { get; } = Make(RunStatus.Failed, 3,
    [
        Task(0, -1, FlowTaskStatus.Succeeded, 12, outputs: [Value(0, 7)]),
        Task(1, -1, FlowTaskStatus.Succeeded, 3, outputs: [Value(1, new[] { 1, 2, 3 })]),
        Task(2, 0, FlowTaskStatus.Succeeded, 1500, outputs: [Value(2, 0.5)]),
        Task(2, 1, FlowTaskStatus.Failed, 20, attempts: 3, error: new TaskError(TaskErrorKind.User, "System.InvalidOperationException", "no \u001b[31mdata\u001b[0m\nin fold", "System.InvalidOperationException: no data in fold\n   at Fit()")),
        Task(2, 2, FlowTaskStatus.Reused, 9, outputs: [Value(2, 0.75)]),
        Task(3, -1, FlowTaskStatus.Blocked, blockedBy: new TaskAddress(2, 1)),
        Task(4, -1, FlowTaskStatus.Blocked, blockedBy: new TaskAddress(2, 1)),
    ]);

    /// <summary>Interrupted before the grid existed.</summary>
    public static RunState Interrupted { get; } = Make(RunStatus.Interrupted, null,
    [
        Task(0, -1, FlowTaskStatus.Succeeded, 12, outputs: [Value(0, 7)]),
        Task(1, -1, FlowTaskStatus.Pending),
        Task(3, -1, FlowTaskStatus.Pending),
        Task(4, -1, FlowTaskStatus.Pending),
    ]);

    /// <summary>The failed run with lines of its first task and of two attempts of fit[1].</summary>
    public static RunState WithLogs { get; } = With(
    [
        Logged((new TaskAddress(0), 7UL, "2026-03-14T11:45:00.100Z reading\n2026-03-14T11:45:00.200Z 7 rows\n"), (new TaskAddress(2, 1), 8UL, "2026-03-14T11:45:00.300Z \u001b[1mfirst\u001b[0m try\n")),
        Logged((new TaskAddress(2, 1), 9UL, "2026-03-14T11:45:00.400Z third try\n")),
    ]);

    /// <summary>The failed run with other logs.</summary>
    public static RunState With(ImmutableArray<LogsWritten> logs) => Make(RunStatus.Failed, 3, [.. Failed.Tasks.Select(task => task with { AttemptId = task.Address.Step switch { 0 => 7, 2 => 9, _ => 5 } })], logs);

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
    public static RunState OfAnOlderFlow { get; } = Renamed(Failed);

    /// <summary>A run whose first artifact is not of the type that today's flow says.</summary>
    public static RunState Damaged { get; } = Make(RunStatus.Succeeded, 0, [Task(0, -1, FlowTaskStatus.Succeeded, 12, outputs: [Value(4, "text")])]);

    private static RunState Renamed(RunState run)
    {
        var graph = run.Manifest.Graph;
        return Make(run.Status, 3, run.Tasks, graph: graph with { Artifacts = [.. graph.Artifacts.Select(a => a.Name == "best" ? a with { Name = "winner" } : a)] });
    }

    public static RunSummary Summarize(RunState state) => new(state.Manifest, state.Status, state.Finished, state.Duration, state.Reason);

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

    private static RunState Make(RunStatus status, int? width, IReadOnlyList<TaskState> tasks, ImmutableArray<LogsWritten>? logs = null, GraphDescription? graph = null) => new()
    {
        Manifest = new RunManifest
        {
            Run = Key,
            Created = Created,
            User = "ann",
            Host = "box\u0007",
            Tags = ["prod", "weekly"],
            Graph = graph ?? GraphDescription.Of(SampleFlow.Definition),
            Parameters = [new RecordedParameter("folds", "int", Encode(0, 3)), new RecordedParameter("note", "string?", Encode(4, "naïve \u001b[2J"))],
            RuntimeVersion = "10.0.0",
            FlowGenVersion = "0.1.0",
        },
        Status = status,
        Finished = status == RunStatus.Failed ? Created.AddSeconds(2) : null,
        Duration = status == RunStatus.Failed ? TimeSpan.FromSeconds(1.75) : null,
        Reason = null,
        Widths = [width],
        Tasks = tasks,
        Logs = logs ?? [],
        InputFiles = [],
    };

    private static TaskState Task(int step, int index, FlowTaskStatus status, int? milliseconds = null, int attempts = 1, TaskError? error = null, TaskAddress? blockedBy = null, ImmutableArray<StoredValue>? outputs = null) => new()
    {
        Address = new TaskAddress(step, index < 0 ? default : (TaskIndex)index),
        Status = status,
        Attempts = milliseconds is null ? 0 : attempts,
        Started = milliseconds is null ? null : Created.AddMilliseconds(10),
        Duration = milliseconds is { } took ? TimeSpan.FromMilliseconds(took) : null,
        Error = error,
        BlockedBy = blockedBy,
        Outputs = outputs ?? [],
    };

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
