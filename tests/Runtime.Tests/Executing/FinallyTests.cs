using System.Collections.Concurrent;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace Runtime.Tests.Executing;

/// <summary>What is called when a run ends: once, with the truth, and without a say in it.</summary>
public class FinallyTests
{
    private readonly ConcurrentQueue<RunOutcome> _told = [];

    [Fact]
    public async Task Finally_AfterASuccess_IsCalledOnceBeforeTheRunIsClosed()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Flow(_ => { }, FinallyAsync));

        var outcome = Assert.Single(_told);
        Assert.Equal((RunStatus.Succeeded, true, null, key.ToString(), "test"), (outcome.Status, outcome.Succeeded, outcome.Error, outcome.RunId, outcome.Flow));
        Assert.Equal((RunStatus.Succeeded, null), (status, run.Observer.End!.Reason));
        Assert.Contains("Method0: ended Succeeded", run.Observer.Notices);

        async ValueTask FinallyAsync(object flow, RunOutcome outcome, ILogger log, CancellationToken cancel)
        {
            await Task.Yield();
            Assert.Null(run.Observer.End);
            log.Log(LogLevel.Information, default, outcome.Status, null, static (status, _) => $"ended {status}");
            _told.Enqueue(outcome);
        }
    }

    [Fact]
    public async Task Finally_AfterAFailure_KnowsTheFirstOne()
    {
        var (_, status) = await new TestRun().StartAsync(Flow(_ => throw new IOException("full"), Tell));

        Assert.Equal(RunStatus.Failed, status);
        var outcome = Assert.Single(_told);
        Assert.Equal((RunStatus.Failed, new StepError("work", "System.IO.IOException", "full")), (outcome.Status, outcome.Error));
    }

    [Fact]
    public async Task Finally_AfterACancellation_IsCalled()
    {
        var run = new TestRun();
        var (_, status) = await run.StartAsync(Flow(frame =>
        {
            run.Stop.Cancel();
            frame.CancellationToken.WaitHandle.WaitOne();
            frame.CancellationToken.ThrowIfCancellationRequested();
        }, Tell));

        Assert.Equal((RunStatus.Cancelled, RunStatus.Cancelled), (status, Assert.Single(_told).Status));
    }

    [Fact]
    public async Task Finally_AfterAnAbort_IsNotCalled()
    {
        var run = new TestRun();
        var hangs = new TaskCompletionSource();
        var flow = new FlowBuilder().Step("work", "", async _ =>
        {
            await run.Abort.CancelAsync();
            await hangs.Task;
        }, []);
        flow.Change = definition => definition with { Finally = [new FinallyDefinition("Tell", Tell)] };
        var (_, status) = await run.StartAsync(flow);
        hangs.SetResult();

        Assert.Equal(RunStatus.Cancelled, status);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Finally_ThatFails_IsToldAndRecordedAndChangesNothing()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Flow(_ => { }, (_, _, _, _) => throw new InvalidOperationException("no mail today"), Tell));

        const string Why = "[Finally] Method0 failed: InvalidOperationException: no mail today";
        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Contains(Why, run.Observer.Notices);
        var end = (await run.RecordsAsync(key)).OfType<RunFinished>().Single();
        Assert.Equal((RunStatus.Succeeded, Why), (end.Status, end.Reason));
        Assert.Equal(RunStatus.Succeeded, Assert.Single(_told).Status);
    }

    [Fact]
    public async Task Finally_OfAResumedRun_IsCalledForItself()
    {
        var run = new TestRun();
        var isBroken = true;
        var flow = Flow(_ => { if (isBroken) throw new IOException(); }, Tell);
        var (first, _) = await run.StartAsync(flow);
        isBroken = false;
        var (second, _) = await new TestRun { Store = run.Store }.StartAsync(flow, resume: first);

        Assert.Equal([(first.ToString(), RunStatus.Failed), (second.ToString(), RunStatus.Succeeded)], _told.Select(outcome => (outcome.RunId, outcome.Status)));
    }

    private ValueTask Tell(object flow, RunOutcome outcome, ILogger log, CancellationToken cancel)
    {
        _told.Enqueue(outcome);
        return default;
    }

    private static FlowBuilder Flow(Action<StepFrame> body, params Func<object, RunOutcome, ILogger, CancellationToken, ValueTask>[] methods) => new FlowBuilder().Step("work", "", body).Changed(flow =>
        flow with { Finally = [.. methods.Select((method, i) => new FinallyDefinition($"Method{i}", method))] });
}
