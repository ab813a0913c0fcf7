using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Runs with an index, however short they are.</summary>
internal static class IndexedRun
{
    public static readonly RunLogOptions Always = new() { IndexSlots = 1 };

    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(20_000);

    /// <summary>A run of random records, in random groups, by one or several drivers.</summary>
    public static async Task<RunKey> WriteRandomAsync(RunStore store, int seed)
    {
        var random = new Random(seed);
        var manifest = Samples.Manifest();
        var log = await RunLog.CreateAsync(store, manifest, TimeProvider.System, default, Always);
        var last = log.Append(new InputFileStored(0, 0, Value(random)));
        var width = random.Next(-1, 60);
        if (width >= 0) last = log.Append(new DimensionSized(0, width));
        await log.WhenCommittedAsync(last, default);
        for (var i = random.Next(120); i > 0; i--)
        {
            last = log.Append(Record(random, width));
            if (random.Next(8) == 0) await log.WhenCommittedAsync(last, default);
            if (random.Next(40) > 0) continue;
            await log.DisposeAsync();
            log = await RunLog.TakeOverAsync(store, manifest.Run, TimeProvider.System, default, Always);
        }
        if (random.Next(3) == 0) log.Append(new TasksBlocked(1, -1, 1, new TaskAddress(0)));
        await log.FinishAsync(Samples.End((RunStatus)random.Next(1, 4), random.Next(2) == 0 ? "Because." : null));
        return manifest.Run;
    }

    /// <summary>A run of two parts.</summary>
    public static async Task<(InMemoryStore Objects, RunKey Run)> WriteTwoPartsAsync()
    {
        var objects = new InMemoryStore();
        await using var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default, Always);
        log.Append(Samples.Success(0, -1, [1]));
        log.Append(new DimensionSized(0, 1500));
        for (var i = 0; i < 1500; i++) log.Append(Samples.Success(1, i, Samples.Random(3500, i)));
        await log.FinishAsync(Samples.End());
        return (objects, log.Run);
    }

    /// <summary>Removes what an index makes superfluous: all slots but the first and the last.</summary>
    public static async Task RemoveSlotsAsync(IObjectStore objects, RunKey run)
    {
        foreach (var slot in (await objects.ListAsync(run.Prefix + "log/").ToListAsync())[1..^1]) await objects.DeleteAsync(slot.Key);
    }

    /// <summary>Everything that can be seen of a run.</summary>
    public static string Describe(RunState state) =>
        $"{state.Manifest.Run} {state.Status} {state.Finished} {state.Duration} {state.Reason} {string.Join(",", state.Widths)}\n" +
        string.Join("\n", state.Tasks.Select(t => $"{t with { Outputs = [] }} {string.Join(",", t.Outputs.Select(Describe))}")) + "\n" +
        string.Join("\n", state.Logs.Select(l => $"{Describe(l.Pack)} {string.Join(",", l.Segments)}")) + "\n" +
        string.Join("\n", state.InputFiles.Select(f => $"{f.Parameter} {f.Position} {Describe(f.Content)}"));

    public static string Describe(RunOverview run) => string.Join("\n",
        (IEnumerable<string>)[$"{run.Summary.Run} {run.Summary.Status} {run.Summary.Finished} {run.Summary.Duration} {run.Summary.Reason}", string.Join(",", run.Widths), .. run.Totals.Select(t => string.Join(",", t)), .. run.Shown.Select(t => (t with { Outputs = [] }).ToString())]);

    private static string Describe(StoredValue value) => $"{value.Hash} {value.Size} {(value.Bytes is { } bytes ? Convert.ToHexString(bytes) : $"{value.Container} {value.Offset}")}";

    private static RunRecord Record(Random random, int width)
    {
        var task = random.Next(4) switch { 0 => new TaskAddress(0), 1 => new TaskAddress(2), _ => width > 0 ? new TaskAddress(1, random.Next(width)) : new TaskAddress(0) };
        var (attempt, id, at, took) = (random.Next(0, 5), (ulong)random.NextInt64(), At.AddTicks(random.NextInt64(1_000_000_000)), new TimeSpan(random.NextInt64(1_000_000)));
        var error = new TaskError((TaskErrorKind)random.Next(4), "System.Exception", new string('m', random.Next(2000)), random.Next(2) == 0 ? null : "at Fit()");
        return random.Next(10) switch
        {
            < 4 => new TaskSucceeded(task, attempt, id, at, took, [Value(random)], random.Next(4) == 0 ? "sample/000000000-00000000" : null),
            4 => new TaskFailed(task, attempt, id, at, took, error),
            5 => new AttemptFailed(task, attempt, id, at, took, error, TimeSpan.FromSeconds(random.Next(9))),
            6 => new TaskStarted(task, attempt, id, at),
            7 => task.Index.IsEmpty ? new TasksBlocked(2, -1, 1, new TaskAddress(0)) : new TasksBlocked(1, random.Next(width), random.Next(1, 9), new TaskAddress(0)),
            _ => new LogsWritten(Value(random), [new LogSegment(task, id, random.Next(9), random.Next(99))]),
        };
    }

    private static StoredValue Value(Random random) => random.Next(6) switch
    {
        0 => StoredValue.Of([]),
        1 => StoredValue.Of(Samples.Random(random.Next(1, 4097), random.Next())),
        2 => StoredValue.Of(Samples.Random(random.Next(4097, 20_000), random.Next())),
        3 => StoredValue.InBlob(Hash256.Of(Samples.Random(9)), 2_000_000, 0),
        _ => StoredValue.Of(Samples.Random(8, random.Next())),
    };
}
