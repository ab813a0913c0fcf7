using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Microsoft.Extensions.Time.Testing;

namespace Storage.Tests;

/// <summary>
/// The model of the run log over the real code: driver a begins a run of four tasks, b and c take it over whenever they like; puts are delayed, doubled and lost, drivers
/// crash at any time. After every event two things must hold: what a driver was told is committed is what readers see, and no task has two committed attempts. One task is
/// reused and has a key, one is in a sub-flow that each driver opens anew; code, labels, lines and retries are recorded with them.
/// </summary>
internal sealed class RunLogSimulation
{
    private const int Tasks = 4;

    private static readonly TaskAddress SubFlow = new(2);

    /// <summary>In the order in which a driver does them: the third is in the sub-flow that the fourth is.</summary>
    private static readonly TaskAddress[] Addresses = [new(0), new(1), new(0) { Outer = new OuterTask(SubFlow) }, SubFlow];

    private static readonly GraphDescription Graph = GraphOf("model", 3) with { Dimensions = [new GraphDimension("x0", SourceKind.Artifact, 0, IsLabelled: true)] };

    private static GraphDescription GraphOf(string name, int steps) => new(name, null, [], [.. Enumerable.Range(0, steps).Select(i => new GraphArtifact($"x{i}", "int", i))], [],
        [.. Enumerable.Range(0, steps).Select(i => new GraphStep($"s{i}", null, [], [], i, 1, [], 0, null) { SubFlow = i == 2 ? GraphOf("inner", 1) : null })]);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly OneThreadScheduler _scheduler = new();
    private readonly SimulatedNetwork _network;
    private readonly RunManifest _manifest;
    private readonly Dictionary<char, Task> _drivers = [];
    private readonly HashSet<char> _crashed = [];
    private readonly List<(char Driver, int Task)> _told = [];
    private readonly List<char> _finished = [];
    private readonly Dictionary<(char, int), long> _sequence = [];
    private readonly bool _oneByOne;
    private int _duplicates;

    public RunLogSimulation(bool oneByOne, bool overwrites = false)
    {
        _oneByOne = oneByOne;
        _network = new SimulatedNetwork(_time) { Overwrites = overwrites };
        _manifest = Samples.Manifest(_time.GetUtcNow(), "model") with { Graph = Graph };
    }

    /// <summary>Lets events happen as the choices say, then everything else in a fair order, and checks after each.</summary>
    public void Run(IEnumerable<byte> choices)
    {
        Start('a');
        foreach (var choice in choices)
        {
            var events = Events(mayCrash: choice >= 232);
            Do(events[choice % events.Count]);
        }
        for (var i = 0; i < 5000 && _drivers.Any(d => !d.Value.IsCompleted && !_crashed.Contains(d.Key)); i++)
            Do(_network.Waiting.Count > 0 ? () => Take(_network.Waiting[0], m => m.Answer()) : () => _time.Advance(TimeSpan.FromSeconds(7)));
        while (_network.Stray.Count > 0) Do(() => Take(_network.Stray[0]));

        foreach (var (driver, task) in _drivers)
            if (!_crashed.Contains(driver)) task.GetAwaiter().GetResult(); // anything but a FlowException is a defect
        if (_crashed.Count == 0 && _finished.Count == 0) throw new InvalidOperationException("Nobody crashed, and nobody finished.");
    }

    private List<Action> Events(bool mayCrash)
    {
        var events = new List<Action>();
        foreach (var message in _network.Waiting)
        {
            events.Add(() => Take(message, m => m.Answer()));
            events.Add(() => Take(message, m => m.Answer())); // most messages arrive
            if (message.Apply is not { } apply) continue;
            events.Add(() => Take(message, m => { m.Apply!(); m.Forget!(); })); // the answer is lost
            events.Add(() => Take(message, m => { _network.Stray.Add(apply); m.Forget!(); })); // it is late
            if (_duplicates < 2)
            {
                events.Add(() =>
                {
                    _duplicates++;
                    _network.Stray.Add(apply);
                    Take(message, m => m.Answer());
                });
            }
        }
        foreach (var stray in _network.Stray) events.Add(() => Take(stray));
        foreach (var driver in "bc")
            if (!_drivers.ContainsKey(driver)) events.Add(() => Start(driver));
        foreach (var (driver, task) in _drivers)
            if (mayCrash && !task.IsCompleted && _crashed.Count < 2 && !_crashed.Contains(driver)) events.Add(() => Crash(driver));
        events.Add(() => _time.Advance(TimeSpan.FromMilliseconds(60)));
        events.Add(() => _time.Advance(TimeSpan.FromSeconds(6)));
        return events;
    }

    private void Do(Action action)
    {
        action();
        _scheduler.RunAll();
        Check();
    }

    private void Start(char driver)
    {
        _drivers.Add(driver, Task.Factory.StartNew(() => DriveAsync(driver), CancellationToken.None, TaskCreationOptions.None, _scheduler).Unwrap());
        _scheduler.RunAll();
    }

    private async Task DriveAsync(char driver)
    {
        var options = new RunLogOptions { Scheduler = _scheduler, IndexSlots = 3 };
        try
        {
            var store = await RunStore.OpenAsync(_network.Connect(driver), forWriting: false, _time, default);
            await using var log = driver == 'a' ? await RunLog.CreateAsync(store, _manifest, _time, default, options) : await RunLog.TakeOverAsync(store, _manifest.Run, _time, default, options);
            if (!_oneByOne) log.Committed = last => _told.AddRange(Enumerable.Range(0, Tasks).Where(t => _sequence.TryGetValue((driver, t), out var s) && s <= last && !_told.Contains((driver, t))).Select(t => (driver, t)));
            var last = 0L;
            for (var task = 0; task < Tasks; task++)
            {
                if (log.Inherited?.Find(Addresses[task])?.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused) continue;
                last = Append(log, driver, task);
                if (log.Failure is null) _sequence[(driver, task)] = last;
                if (!_oneByOne) continue;
                await log.WhenCommittedAsync(last, default);
                _told.Add((driver, task));
            }
            await log.FinishAsync(new RunFinished(RunStatus.Succeeded, _time.GetUtcNow(), default, driver.ToString()));
            _finished.Add(driver);
        }
        catch (FlowException)
        {
            // Fenced, or too late: it stops.
        }
    }

    private long Append(RunLog log, char driver, int task)
    {
        var done = new TaskSucceeded(Addresses[task] with { Outer = null }, 1, driver, _time.GetUtcNow(), default, [StoredValue.Of([(byte)driver])]);
        switch (task)
        {
            case 0:
                log.Append(new CodeDescribed(StoredValue.Of([(byte)driver])));
                log.Append(new AttemptFailed(done.Task, 1, driver, done.Started, default, new TaskError(TaskErrorKind.User, "T", "m", null), default));
                break;
            case 1:
                log.Append(new DimensionSized(0, default, 2) { Labels = ["one", null] });
                log.Append(new LogsWritten(StoredValue.Of("x\n"u8.ToArray()), [new LogSegment(done.Task, driver, 0, 2)]));
                return log.Append(done with { Origin = "model/000000000-00000000/s1", Key = Hash256.Of([1]) });
            case 2:
                // Its parameters are the same for all drivers, so what one has recorded of it stays.
                log.Append(new InSubFlow(SubFlow, new SubFlowOpened(Hash256.Of([2]))));
                return log.Append(new InSubFlow(SubFlow, done));
        }

        return log.Append(done);
    }

    private void Crash(char driver)
    {
        _crashed.Add(driver);
        _network.Crash(driver);
    }

    private void Take(SimulatedNetwork.Message message, Action<SimulatedNetwork.Message> what)
    {
        _network.Waiting.Remove(message);
        what(message);
    }

    private void Take(Action stray)
    {
        _network.Stray.Remove(stray);
        stray();
    }

    private void Check()
    {
        var fold = SimulatedNetwork.Done(new RunReader(_network.Truth).ReplayAsync(_manifest.Run, default));
        var state = fold?.Build(RunStatus.Running);
        foreach (var (driver, task) in _told)
        {
            if (state?.Find(Addresses[task]) is not { Status: FlowTaskStatus.Succeeded or FlowTaskStatus.Reused } seen || seen.AttemptId != driver)
                throw new InvalidOperationException($"{driver} was told that task {task} is committed, readers see something else");
        }
        if (_told.Select(t => t.Task).Distinct().Count() != _told.Count) throw new InvalidOperationException("two attempts of one task were committed");
        foreach (var driver in _finished)
            if (fold?.End?.Reason != driver.ToString()) throw new InvalidOperationException($"{driver} has finished the run, readers see something else");
    }
}
