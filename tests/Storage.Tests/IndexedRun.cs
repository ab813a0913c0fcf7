using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Runs with an index, however short they are.</summary>
internal static class IndexedRun
{
    public static readonly RunLogOptions Always = new() { IndexSlots = 1 };

    /// <summary>A run of random records, in random groups, by one or several drivers.</summary>
    public static async Task<RunKey> WriteRandomAsync(RunStore store, int seed)
    {
        var random = new Random(seed);
        var records = new RandomRecords(random);
        var manifest = Samples.Manifest() with { Graph = records.Graph };
        var log = await RunLog.CreateAsync(store, manifest, TimeProvider.System, default, Always);
        var last = log.Append(new InputFileStored(0, 0, records.Value()));
        await log.WhenCommittedAsync(last, default);
        for (var i = random.Next(120); i > 0; i--)
        {
            last = log.Append(records.Next());
            if (random.Next(8) == 0) await log.WhenCommittedAsync(last, default);
            if (random.Next(40) > 0) continue;
            await log.WhenCommittedAsync(last, default); // what the next driver does not find cannot be
            await log.DisposeAsync();
            log = await RunLog.TakeOverAsync(store, manifest.Run, TimeProvider.System, default, Always);
        }
        await log.FinishAsync(Samples.End((RunStatus)random.Next(1, 4), random.Next(2) == 0 ? "Because." : null));
        return manifest.Run;
    }

    /// <summary>A run of two parts.</summary>
    public static async Task<(InMemoryStore Objects, RunKey Run)> WriteTwoPartsAsync()
    {
        var objects = new InMemoryStore();
        await using var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default, Always);
        log.Append(Samples.Success(0, -1, [1]));
        log.Append(new DimensionSized(0, default, 1500));
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
        $"{state.Manifest.Run} {state.Status} {state.Finished} {state.Duration} {state.Reason}\n{string.Join("\n", state.Tasks.Select(task => state.NameOf(task.Address)))}\n{string.Join("\n\n", state.Flows.Select(Describe))}";

    private static string Describe(FlowState flow) =>
        $"{flow.Outer} {flow.Parameters} {string.Join(",", flow.Extents.Records().Select(r => $"{r with { Labels = [] }} {string.Join(",", r.Labels)}"))} {string.Join(",", Enumerable.Range(0, flow.Steps.Length).Select(step => $"{flow.CountOf(step)} {flow.IsExpanded(step)}"))}\n" +
        string.Join("\n", Enumerable.Range(0, flow.Steps.Length).SelectMany(flow.TasksOf).Select(t => $"{t with { Outputs = [] }} {string.Join(",", t.Outputs.Select(Describe))}")) + "\n" +
        string.Join("\n", flow.Logs.Select(l => $"{Describe(l.Pack)} {string.Join(",", l.Segments)}")) + "\n" +
        string.Join("\n", flow.InputFiles.Select(f => $"{f.Parameter} {f.Position} {Describe(f.Content)}"));

    public static string Describe(RunOverview run) => string.Join("\n",
        (IEnumerable<string>)[$"{run.Summary.Run} {run.Summary.Status} {run.Summary.Finished} {run.Summary.Duration} {run.Summary.Reason}", string.Join(",", run.Expanded), .. run.Totals.Select(t => string.Join(",", t)), .. run.Shown.Select(t => (t with { Outputs = [] }).ToString())]);

    private static string Describe(StoredValue value) => $"{value.Hash} {value.Size} {(value.References is { } r ? $"[{(r.List is { } list ? Describe(list) : string.Join(", ", r.Known.Select(Describe)))}]" : "")} {(value.Bytes is { } bytes ? Convert.ToHexString(bytes) : $"{value.Container} {value.Offset}")}";
}
