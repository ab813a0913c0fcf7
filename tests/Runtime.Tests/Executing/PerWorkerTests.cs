using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlowGen;
using FlowGen.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Runtime.Tests.Executing;

/// <summary>Resources of a process: opened once, by whoever needs them first, and disposed with the run.</summary>
public class PerWorkerTests
{
    private readonly ConcurrentQueue<string> _events = new();

    [Fact]
    public async Task Resource_NeededByManyAtOnce_IsOpenedOnceAndDisposedInReverseOrder()
    {
        var run = new TestRun { MaxParallel = 3 };

        await run.AssertSucceedsAsync(Items(frame => frame.PerWorker<Resource>(1).Use()).Changed(flow => With(flow,
            new("base", "Base", async _ =>
            {
                await AllAskingAsync(run);
                return new Resource("base", _events);
            }),
            new("client", "Client", frame => ValueTask.FromResult<object?>(new Resource("client on " + frame.PerWorker<Resource>(0).Name, _events))) { PerWorker = [0] })));

        Assert.Equal(["open base", "open client on base", "use client on base", "use client on base", "use client on base", "close client on base", "close base"], _events);
    }

    [Fact]
    public async Task Opening_ThatFails_FailsThoseWhoWaitAndIsTriedAgainByTheNext()
    {
        var openings = 0;
        var run = new TestRun { MaxParallel = 3 };

        await run.AssertSucceedsAsync(Items(frame => frame.PerWorker<Resource>(0).Use(), new RetryPolicy(1, TimeSpan.Zero)).Changed(flow => With(flow,
            new PerWorkerDefinition("client", "Client", async _ =>
            {
                if (Interlocked.Increment(ref openings) > 1) return new Resource("client", _events);
                await AllAskingAsync(run);
                throw new IOException("not yet");
            }))));

        Assert.Equal(2, openings);
        Assert.Equal(["open client", "use client", "use client", "use client", "close client"], _events);
        Assert.InRange(run.Observer.Events.Count(heard => heard.StartsWith("retry use", StringComparison.Ordinal)), 1, 3);
    }

    [Fact]
    public async Task Opening_ThatTakesTooLongForOneAttempt_GoesOnForTheNext()
    {
        var time = new WatchedTime();
        var run = new TestRun { Time = time, MaxParallel = 1 };
        var (openings, begun, opening) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        var flow = new FlowBuilder().Step("use", "", frame => frame.PerWorker<Resource>(0).Use(), [], retry: new RetryPolicy(1, TimeSpan.FromSeconds(30)), timeout: TimeSpan.FromMinutes(10))
            .Changed(flow => With(flow, new PerWorkerDefinition("client", "Client", async _ =>
            {
                openings++;
                begun.SetResult();
                await opening.Task;
                return new Resource("client", _events);
            })));

        var running = run.StartAsync(flow);
        await begun.Task;
        time.Advance(await time.ArmedAsync(600, 600));
        time.Advance(await time.ArmedAsync(20, 40));
        await time.AdvanceUntilAsync(run.Observer.Heard("start use#2"));
        opening.SetResult();

        Assert.Equal(RunStatus.Succeeded, (await running).Status);
        Assert.Equal(1, openings);
        Assert.Equal(["open client", "use client", "close client"], _events);
    }

    [Fact]
    public async Task Opening_ThatReturnsNull_FailsTheAttemptInWords()
    {
        var run = new TestRun();
        await run.StartAsync(Items(_ => { }).Changed(flow => With(flow, new PerWorkerDefinition("client", "Client", _ => default))));

        Assert.Contains("[PerWorker] Client returned null; return the resource, or throw an exception that says why there is none.", run.Observer.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_WithServices_KeepsTheirScopeAsLongAsTheResource()
    {
        await using var services = new ServiceCollection().AddSingleton(_events).AddScoped(provider => new Resource("service", provider.GetRequiredService<ConcurrentQueue<string>>())).BuildServiceProvider(validateScopes: true);
        var flow = Items(frame => frame.PerWorker<Client>(0).Use()).Changed(flow => With(flow,
            new PerWorkerDefinition("client", "Client", frame => ValueTask.FromResult<object?>(new Client(frame.Service<Resource>()))) { Services = [new("it", typeof(Resource), "Resource")] }));

        await new TestRun { Services = services, MaxParallel = 1 }.AssertSucceedsAsync(flow);

        Assert.Equal(["open service", "use service", "use service", "use service", "close service"], _events);
        Assert.Equal("FG1015", (await Assert.ThrowsAsync<FlowException>(() => new TestRun().StartAsync(flow))).Code);
    }

    [Fact]
    public async Task Resource_ThatCannotBeDisposed_IsToldAndChangesNothing()
    {
        var run = new TestRun();

        await run.AssertSucceedsAsync(Items(frame => { }).Changed(flow => With(flow, new PerWorkerDefinition("client", "Client", _ => ValueTask.FromResult<object?>(new Stubborn())))));

        Assert.Contains("The resource of [PerWorker] Client could not be disposed: IOException: cannot be closed", run.Observer.Notices);
    }

    [Fact]
    public async Task Opening_ThatLogs_WritesToTheLogOfWhoAskedFirst()
    {
        var run = new TestRun { MaxParallel = 1 };
        var (key, _) = await run.StartAsync(Items(_ => { }).Changed(flow => With(flow, new PerWorkerDefinition("client", "Client", frame =>
        {
            Console.WriteLine("opened");
            return ValueTask.FromResult<object?>(this);
        }))));

        var logs = await run.LogsAsync(key);
        var lines = Assert.Single(logs).Value;
        Assert.Equal(["opened"], lines.Select(line => line[25..]));
    }

    /// <summary>A step of three tasks that take resource 0, or whatever the change says.</summary>
    private static FlowBuilder Items(Action<StepFrame> use, RetryPolicy? retry = null) => new FlowBuilder()
        .Step("load", "", frame => frame.Set(0, new[] { 1, 2, 3 }), FlowBuilder.Ints("load"))
        .Step("use", "each:load", frame => use(frame), [], retry: retry);

    private static FlowDefinition With(FlowDefinition flow, params ImmutableArray<PerWorkerDefinition> resources) => flow with
    {
        PerWorker = resources,
        Steps = [.. flow.Steps.Select(step => step.Name == "use" ? step with { PerWorker = [resources.Length - 1] } : step)],
    };

    /// <summary>Done when all three tasks have started.</summary>
    private static Task AllAskingAsync(TestRun run) => run.Observer.Until(() => run.Observer.Events.Count(heard => heard.StartsWith("start use", StringComparison.Ordinal)) >= 3);

    private sealed class Resource : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _events;

        public Resource(string name, ConcurrentQueue<string> events)
        {
            (Name, _events) = (name, events);
            events.Enqueue("open " + name);
        }

        public string Name { get; }

        public void Use() => _events.Enqueue("use " + Name);

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            _events.Enqueue("close " + Name);
        }
    }

    private sealed class Client(Resource service)
    {
        public void Use() => service.Use();
    }

    private sealed class Stubborn : IDisposable
    {
        public void Dispose() => throw new IOException("cannot be closed");
    }
}
