using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Storage.Tests;

/// <summary>How a driver of the simulation breaks the protocol: the test of the test.</summary>
internal enum Mistake
{
    None,

    /// <summary>Does not read the newest generation again after it has registered.</summary>
    ReadsOnce,

    /// <summary>Moves to a newer generation with references that its log lacks.</summary>
    MovesEarly,

    /// <summary>Takes results of runs that are retired.</summary>
    TakesRetired,
}

/// <summary>
/// Drivers that store the same few contents and take results of old runs, one that takes another's run over, and two collections that retire those: the real code, each operation on the store a step of
/// its own, in any order. After every step, everything that a run which nobody retired refers to is there.
/// </summary>
internal sealed class CollectSimulation
{
    private const int Old = 2, Tasks = 3, MostSteps = 4000;

    private static readonly byte[][] Contents = [[1], [2], [3]];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly OneThreadScheduler _scheduler = new();
    private readonly Gate _gate = new();
    private readonly InMemoryStore _truth;
    private readonly Mistake _mistake;
    private readonly RunKey[] _old = new RunKey[Old];
    private readonly List<Task> _processes = [];
    private readonly Dictionary<string, (RunKey Run, Pack[] Blobs)> _named = [];
    private readonly Random _random;
    private RunKey _first;
    private int _crashes, _days;

    public CollectSimulation(Mistake mistake, int seed)
    {
        (_mistake, _random) = (mistake, new Random(seed));
        _truth = new InMemoryStore(_time);
        for (var i = 0; i < Old; i++) _old[i] = OldRunAsync().GetAwaiter().GetResult();
    }

    /// <summary>How many objects collections removed.</summary>
    public int Removed { get; private set; }

    /// <summary>What was found missing; <c>null</c> if nothing ever was.</summary>
    public string? Run()
    {
        var starts = new (char Process, Func<char, Task> Work, int At)[] { ('a', DriveAsync, 0), ('b', DriveAsync, 300), ('t', TakeOverAsync, 300), ('g', CollectAsync, 100), ('h', CollectAsync, 300) }
            .Select(start => start with { At = _random.Next(start.At + 1) }).ToList();
        var (changes, idle) = (0, 0);
        for (var step = 0; step < MostSteps; step++)
        {
            foreach (var start in starts.Where(start => start.At == step)) Start(start.Process, start.Work);
            if (_gate.Waiting == 0 && step > 300)
            {
                if (_processes.All(process => process.IsCompleted)) break;
                if (idle++ > 20) break;
                _time.Advance(TimeSpan.FromSeconds(15));
            }
            else Step();
            _scheduler.RunAll();
            if (changes == _gate.Changes) continue;
            changes = _gate.Changes;
            if (Missing() is { } missing) return $"after {step} steps: {missing}";
        }

        // A process that fails in another way than it may would do nothing, and nothing would ever be found.
        return _processes.FirstOrDefault(process => process.IsFaulted) is { } failed ? failed.Exception!.ToString() : null;
    }

    private void Step()
    {
        switch (_random.Next(800))
        {
            case 0 when _crashes < 2:
                _crashes++;
                _gate.Crash("abghtx"[_random.Next(6)], loses: _random.Next(2) == 0);
                break;
            case < 4 when _days < 2:
                _days++;
                _time.Advance(TimeSpan.FromHours(25));
                break;
            case < 60:
                _time.Advance(TimeSpan.FromSeconds(15));
                break;
            default:
                if (_gate.Waiting > 0) _gate.Give(_random.Next(1000));
                break;
        }
    }

    private void Start(char process, Func<char, Task> work)
    {
        _processes.Add(Task.Factory.StartNew(() => work(process), CancellationToken.None, TaskCreationOptions.None, _scheduler).Unwrap());
        _scheduler.RunAll();
    }

    private async Task<RunKey> OldRunAsync()
    {
        var store = await RunStore.OpenAsync(_truth, forWriting: false, _time, default);
        var manifest = Samples.Manifest(_time.GetUtcNow()) with { Tags = [] };
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var log = await RunLog.CreateAsync(store, manifest, _time, default);
        log.Append(new DimensionSized(0, default, Contents.Length));
        for (var i = 0; i < Contents.Length; i++) log.Append(Success(i, await store.Artifacts.WriteAsync(new MemoryStream(Contents[i]), default)));
        await log.FinishAsync(Samples.End());
        return manifest.Run;
    }

    private async Task DriveAsync(char process)
    {
        try
        {
            var store = await RunStore.OpenAsync(Connect(process), forWriting: false, _time, default);
            var manifest = Samples.Manifest(_time.GetUtcNow()) with { Tags = [] };
            await using var log = await RunLog.CreateAsync(store, manifest, _time, default, Options);
            if (process == 'a') _first = manifest.Run;
            await DriveAsync(process, store, log, 0);
        }
        catch (FlowException)
        {
            // Fenced.
        }
    }

    private async Task TakeOverAsync(char process)
    {
        try
        {
            if (_first == default) return;
            var store = await RunStore.OpenAsync(Connect(process), forWriting: false, _time, default);
            await using var log = await RunLog.TakeOverAsync(store, _first, _time, default, Options);
            await DriveAsync(process, store, log, Tasks);
        }
        catch (FlowException)
        {
            // Finished or removed.
        }
    }

    private RunLogOptions Options => new() { Scheduler = _scheduler, Quiet = TimeSpan.FromSeconds(1) };

    private async Task DriveAsync(char process, RunStore store, RunLog log, int first)
    {
        var held = 0;
        log.WhileNothingRuns = move => (held == 0 || _mistake == Mistake.MovesEarly) && move();
        log.Append(new DimensionSized(0, default, 2 * Tasks));
        for (var task = first; task < first + Tasks; task++)
        {
            held++;
            var content = _random.Next(Contents.Length);
            var value = _random.Next(2) == 0 ? await TakeAsync(store, content) : null;
            value ??= await store.Artifacts.WriteAsync(new MemoryStream(Contents[content]), default);
            // A step goes on for a while with what it has.
            for (var i = _random.Next(4); i > 0; i--) await store.Objects.GetAsync("format");
            var sequence = log.Append(Success(task, value));
            held--;
            await log.WhenCommittedAsync(sequence, default);
        }

        await log.FinishAsync(Samples.End(RunStatus.Succeeded, process.ToString()));
    }

    private async ValueTask<StoredValue?> TakeAsync(RunStore store, int content)
    {
        var run = _old[_random.Next(Old)];
        if (_mistake != Mistake.TakesRetired && !await store.MayReuseAsync(run, default)) return null;
        try
        {
            return (await store.ReplayAsync(run, default)).Build(RunStatus.Running).Find(new TaskAddress(1, content))?.Outputs[0];
        }
        catch (FlowException)
        {
            return null;
        }
    }

    private async Task CollectAsync(char process)
    {
        for (var i = 0; i < 5; i++)
        {
            try
            {
                var store = await RunStore.OpenAsync(Connect(process), forWriting: false, _time, default);
                var rules = _random.Next(4) == 0 ? new RetireRules() : new RetireRules { Named = [.. _old.Where(_ => _random.Next(8) > 0)] };
                var report = await new Collector(store, _time) { LogOptions = Options }.RunAsync(rules, isDry: false, default);
                Removed += report.Blobs + report.Objects;
            }
            catch (FlowException)
            {
                // The other one removes what this one is looking at: nothing was removed here.
            }
        }
    }

    private GatedStore Connect(char process) => new(_gate, process, _truth) { ReadsGenerationsOnce = _mistake == Mistake.ReadsOnce && process is ('a' or 'b') };

    private static TaskSucceeded Success(int task, StoredValue value) => new(new TaskAddress(1, task), 1, 7, DateTimeOffset.UnixEpoch, default, [value]);

    /// <summary>A blob that a run refers to which is there for everybody to read, and is not there itself.</summary>
    private string? Missing()
    {
        foreach (var slot in _truth.ListAsync("runs/").ToBlockingEnumerable())
        {
            if (slot.Key.Split('/') is not ["runs", var flow, var id, "log", not "0000000000"] || _named.ContainsKey(slot.Key)) continue;
            var records = LogSlot.Read("", slot.Key, SimulatedNetwork.Done(_truth.GetAsync(slot.Key))!).Records;
            _named.Add(slot.Key, (new RunKey(flow, id), [.. records.OfType<TaskSucceeded>().SelectMany(record => record.Outputs).Select(output => output.Container).OfType<Pack>()]));
        }

        var newest = SimulatedNetwork.Done(new Generations(_truth, _time).NewestAsync(default));
        foreach (var (run, blobs) in _named.Values)
        {
            if (newest.IsRetired(run)) continue;
            foreach (var blob in blobs)
                if (SimulatedNetwork.Done(_truth.SizeAsync(BlobObjects.Key(blob.Hash, blob.Generation))) is null) return $"{run} refers to a blob of generation {blob.Generation} that is gone";
        }

        return null;
    }
}
