using FlowGen;
using FlowGen.Executing;
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
    public RecordingObserver Observer { get; } = new();
    public CancellationTokenSource Stop { get; } = new();
    public CancellationTokenSource Abort { get; } = new();

    public Task<(RunKey Run, RunStatus Status)> StartAsync(FlowBuilder flow, RunKey? resume = null, bool fork = false) => FlowRunner.RunAsync(
        new RunRequest
        {
            Flow = flow.Build(),
            Store = Store,
            Parameters = flow.Values,
            Resume = resume,
            Fork = fork,
            MaxParallel = MaxParallel,
            FailFast = FailFast,
            GracePeriod = Grace,
            ProjectDirectory = ProjectDirectory,
            Time = Time,
        }, Observer, Stop.Token, Abort.Token);

    public static async Task<RecordingObserver> RunAsync(FlowBuilder flow, RunStatus expected = RunStatus.Succeeded)
    {
        var run = new TestRun();
        var (_, status) = await run.StartAsync(flow);
        Assert.Equal(expected, status);
        Assert.Equal(expected, run.Observer.End!.Status);
        return run.Observer;
    }
}
