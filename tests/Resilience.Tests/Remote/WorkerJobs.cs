using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlowGen;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Executing.Remote;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Resilience.Tests.Remote;

/// <summary>An engine whose jobs are real workers in this process, each on a store of its own. It outlives drivers, as engines do.</summary>
internal sealed class WorkerJobs(IObjectStore objects, FlowDefinition flow) : IJobEngine
{
    private readonly ConcurrentDictionary<string, JobReport> _reports = [];
    private readonly ConcurrentQueue<Task> _workers = [];
    private int _jobs;

    /// <summary>The store as the worker of the n-th job sees it, n = 1, 2, ...</summary>
    public Func<int, IObjectStore> StoreOf { get; set; } = _ => objects;

    /// <summary>Workers of each job: an engine may start one twice.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>What a call of the engine gives, in place of what it should.</summary>
    public Func<EngineCall, IReadOnlyDictionary<string, JobReport>?> Trouble { get; set; } = static _ => null;

    /// <summary>The clock of the workers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Jobs that were started.</summary>
    public int Started => Volatile.Read(ref _jobs);

    public RemoteOptions Options => new()
    {
        Engine = this,
        Submission = new RunSubmitted("workers", ImmutableSortedDictionary<string, string>.Empty.Add("folder", "jobs"), "program", HasDriverJob: false, ImmutableSortedDictionary<string, string>.Empty),
        Times = new RemoteTimes
        {
            Gather = TimeSpan.FromMilliseconds(1), FirstPoll = TimeSpan.FromMilliseconds(2), LongestPoll = TimeSpan.FromMilliseconds(10), List = TimeSpan.FromMilliseconds(5), Unreachable = TimeSpan.FromMinutes(1),
        },
    };

    public ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        Trouble(EngineCall.Start);
        foreach (var request in jobs)
        {
            if (!_reports.TryAdd(request.Name, new JobReport(JobPhase.Running, Place: "node1"))) continue;
            var number = Interlocked.Increment(ref _jobs);
            using (ExecutionContext.SuppressFlow()) _workers.Enqueue(Task.Run(() => RunAsync(request, number), CancellationToken.None));
        }

        Trouble(EngineCall.Started);
        return default;
    }

    public ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel) => new(Trouble(EngineCall.List) ?? Reports());

    public ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        Trouble(EngineCall.Stop);
        foreach (var name in names) _reports.TryRemove(name, out _);
        return default;
    }

    public IReadOnlyDictionary<string, JobReport> Reports() => _reports.ToDictionary();

    public ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel) => new("the last words");

    public ValueTask DisposeAsync() => default;

    /// <summary>All workers have ended; what was killed does nothing more.</summary>
    public async Task EndedAsync()
    {
        while (_workers.TryDequeue(out var worker)) await worker;
    }

    private async Task RunAsync(JobRequest request, int number)
    {
        var copies = await Task.WhenAll(Enumerable.Range(0, Copies).Select(_ => WorkAsync(request, StoreOf(number))));
        if (_reports.TryGetValue(request.Name, out var running)) _reports.TryUpdate(request.Name, copies[0], running);
    }

    private async Task<JobReport> WorkAsync(JobRequest request, IObjectStore store)
    {
        var place = WorkerPlaces.Add(store);
        try
        {
            var environment = new CommandEnvironment { OutputStream = Stream.Null, ErrorStream = Stream.Null, Variable = static _ => null, Variables = static () => [], CurrentDirectory = Path.GetTempPath(), Program = "far", Time = Time };
            var code = await SliceWorker.RunAsync([flow], [.. request.Arguments[..^1], place], environment);
            return new JobReport(code == 0 ? JobPhase.Succeeded : JobPhase.Failed, ExitCode: code, Place: "node1");
        }
        catch (FlowException e)
        {
            return Faults.NumberedStore.IsKill(e) ? new JobReport(JobPhase.Lost, JobEnd.NodeLost, Reason: "node1 is gone", Place: "node1") : new JobReport(JobPhase.Failed, ExitCode: e.ExitCode, Reason: e.Message, Place: "node1");
        }
        finally
        {
            WorkerPlaces.Remove(place);
        }
    }
}

/// <summary>What is asked of an engine.</summary>
internal enum EngineCall
{
    /// <summary>To start jobs.</summary>
    Start,

    /// <summary>The same, and it has.</summary>
    Started,

    List,

    Stop,
}
