using System.Collections.Immutable;
using System.Text;
using FlowGen;
using FlowGen.Executing;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>One run of a hand-written flow in memory.</summary>
internal sealed class TestRun
{
    public IObjectStore Store { get; init; } = new InMemoryStore();
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public int MaxParallel { get; init; } = 4;
    public bool FailFast { get; init; }
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
    public string? ProjectDirectory { get; init; }
    public ImmutableArray<string> Tags { get; init; } = [];
    public string? Branch { get; init; }
    public double Cpus { get; init; }
    public long Memory { get; init; }
    public ImmutableArray<PolicyOverride> Overrides { get; init; } = [];
    public IServiceProvider? Services { get; init; }

    /// <summary>The engine that steps are sent to.</summary>
    public RemoteOptions? Remote { get; init; }

    /// <summary>The environment variables that secrets are read from.</summary>
    public Dictionary<string, string> Variables { get; } = [];
    public RecordingObserver Observer { get; init; } = new();
    public CancellationTokenSource Stop { get; } = new();
    public CancellationTokenSource Abort { get; } = new();

    /// <summary>Of a resume, parameters with other values, and steps that run in any case.</summary>
    public Dictionary<string, object?> Changes { get; } = [];
    public ImmutableArray<string> From { get; init; } = [];
    public bool CacheAll { get; init; }

    public async Task<(RunKey Run, RunStatus Status)> StartAsync(FlowBuilder flow, RunKey? resume = null, bool fork = false)
    {
        var (run, status) = await FlowRunner.RunAsync(Request(flow, resume, fork), Observer, Stop.Token, Abort.Token);
        return (run, status);
    }

    /// <summary>Hands the run over.</summary>
    public CancellationTokenSource Release { get; } = new();

    /// <summary>Drives a run that was left open.</summary>
    public Task<RunStatus> ContinueAsync(FlowBuilder flow, RunKey run) => FlowRunner.ContinueAsync(Request(flow), run, Observer, Stop.Token, Abort.Token, Release.Token);

    public RunRequest Request(FlowBuilder flow, RunKey? resume = null, bool fork = false) => new()
    {
        Flow = flow.Build(),
        Store = Store,
        Parameters = flow.Values,
        Resume = resume,
        Fork = fork,
        Changes = Changes,
        From = From,
        CacheAll = CacheAll,
        MaxParallel = MaxParallel,
        FailFast = FailFast,
        Cpus = Cpus,
        Memory = Memory,
        Overrides = Overrides,
        Services = Services,
        Remote = Remote is null ? null : _ => Remote,
        Tags = Tags,
        Branch = Branch,
        GracePeriod = Grace,
        ProjectDirectory = ProjectDirectory,
        Secrets = new SecretSources(Variables.GetValueOrDefault, Environment.CurrentDirectory, () => Stream.Null, userSecrets: null),
        Time = Time,
    };

    public async Task AssertSucceedsAsync(FlowBuilder flow)
    {
        await StartAsync(flow);
        Assert.Null(Observer.End!.Reason);
        Assert.Equal(RunStatus.Succeeded, Observer.End.Status);
    }

    /// <summary>What the store knows of a run.</summary>
    public async Task<RunState> ReadAsync(RunKey run) => await (await OpenAsync()).ReadAsync(run, default);

    /// <summary>The only output of a task, an <c>int</c>.</summary>
    public async Task<int> IntAsync(RunKey run, int step, int index = -1)
    {
        var store = await OpenAsync();
        var output = (await store.ReadAsync(run, default)).Find(new TaskAddress(step, index < 0 ? default : (TaskIndex)index))!.Outputs[0];
        return (int)FlowBuilder.Int("").Decode(await store.Artifacts.ReadAsync(output, default))!;
    }

    /// <summary>The stored lines of every task that wrote any, whatever the attempt.</summary>
    public async Task<Dictionary<TaskAddress, string[]>> LogsAsync(RunKey run)
    {
        var store = await OpenAsync();
        var logs = new Dictionary<TaskAddress, string[]>();
        foreach (var written in (await store.ReadAsync(run, default)).Logs)
        {
            var pack = await store.Artifacts.ReadAsync(written.Pack, default);
            foreach (var segment in written.Segments)
            {
                var lines = Encoding.UTF8.GetString(pack.Slice(segment.Offset, segment.Length)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                logs[segment.Task] = [.. logs.GetValueOrDefault(segment.Task) ?? [], .. lines];
            }
        }

        return logs;
    }

    /// <summary>All records of a run, in the order of its log.</summary>
    public async Task<List<RunRecord>> RecordsAsync(RunKey run)
    {
        var reader = new RunReader(Store);
        var records = new List<RunRecord>();
        for (var n = 0; await reader.ReadAsync(run, n, default) is { } slot; n++) records.AddRange(slot.Records);
        return records;
    }

    private ValueTask<RunStore> OpenAsync() => RunStore.OpenAsync(Store, forWriting: false, Time, default);

    public static async Task<RecordingObserver> RunAsync(FlowBuilder flow, RunStatus expected = RunStatus.Succeeded)
    {
        var run = new TestRun();
        var (_, status) = await run.StartAsync(flow);
        Assert.Equal(expected, status);
        Assert.Equal(expected, run.Observer.End!.Status);
        return run.Observer;
    }
}
