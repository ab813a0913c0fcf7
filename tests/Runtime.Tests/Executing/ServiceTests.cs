using System.Collections.Concurrent;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Hosting;
using FlowGen.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Runtime.Tests.Executing;

/// <summary>Services of the program: a scope for each attempt, and nothing starts where one is missing.</summary>
public class ServiceTests
{
    [Fact]
    public async Task Service_OfEachAttempt_LivesInAScopeThatEndsWithIt()
    {
        var visits = new ConcurrentQueue<Visit>();
        var open = new ConcurrentQueue<bool>();
        await using var services = new ServiceCollection().AddSingleton(visits).AddScoped<Visit>().BuildServiceProvider(validateScopes: true);
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, new[] { 1, 2, 3 }), FlowBuilder.Ints("load"))
            .Step("fit", "each:load", async frame =>
            {
                var visit = frame.Service<Visit>();
                Assert.Same(visit, frame.Service<Visit>());
                await Task.Yield();
                open.Enqueue(visit.IsDisposed);
                if (frame.Value<int>(0) == 2 && frame.Context.Attempt == 1) throw new InvalidOperationException("once");
                frame.Set(0, 1);
            }, [FlowBuilder.Int("fit")], retry: new RetryPolicy(1, TimeSpan.Zero)).With(Takes<Visit>)
            .Step("check", "all:fit", _ => Assert.All(visits, visit => Assert.True(visit.IsDisposed)));

        await new TestRun { Services = services }.AssertSucceedsAsync(flow);

        Assert.Equal(4, visits.Count);
        Assert.Equal([false, false, false, false], open);
    }

    [Fact]
    public async Task Service_OfAGang_LivesInAScopeOfEachMember()
    {
        var visits = new ConcurrentQueue<Visit>();
        await using var services = new ServiceCollection().AddSingleton(visits).AddScoped<Visit>().BuildServiceProvider(validateScopes: true);

        await new TestRun { Services = services }.AssertSucceedsAsync(new FlowBuilder().Step("train", "", frame => frame.Service<Visit>(), []).With(Takes<Visit>).With(step => step with { Gang = 3 }));

        Assert.Equal((3, true), (visits.Count, visits.All(visit => visit.IsDisposed)));
    }

    [Fact]
    public async Task Scope_ThatCannotBeClosed_FailsTheAttempt()
    {
        await using var services = new ServiceCollection().AddScoped<Stubborn>().BuildServiceProvider();
        var run = new TestRun { Services = services };

        await run.StartAsync(new FlowBuilder().Step("load", "", frame => frame.Service<Stubborn>(), []).With(Takes<Stubborn>));

        Assert.Equal("load failed: cannot be closed", run.Observer.End!.Reason);
    }

    [Theory]
    [InlineData(false, "Step 'fit' takes the service 'Visit it', but the run is given no services; write 'var app = FlowApp.CreateBuilder(args); app.Services.AddSingleton<Visit>(); return await app.RunAsync<test>();', or where it is started from code set RunOptions.Services. " +
        "Step 'tell' takes the service 'IDisposable it', but the run is given no services; write 'var app = FlowApp.CreateBuilder(args); app.Services.AddSingleton<IDisposable, ...>(); return await app.RunAsync<test>();', or where it is started from code set RunOptions.Services.")]
    [InlineData(true, "Step 'fit' takes the service 'Visit it', which is not registered; add 'app.Services.AddSingleton<Visit>();', or make the parameter nullable. " +
        "Step 'tell' takes the service 'IDisposable it', which is not registered; add 'app.Services.AddSingleton<IDisposable, ...>();', or make the parameter nullable.")]
    public async Task Run_WithoutAServiceThatItTakes_LeavesNothingBehind(bool hasServices, string expected)
    {
        await using var services = new ServiceCollection().AddSingleton<InMemoryStore>().BuildServiceProvider();
        var run = new TestRun { Services = hasServices ? services : null };
        var flow = new FlowBuilder()
            .Step("load", "", frame => { }, []).With(Takes<InMemoryStore>)
            .Step("fit", "", frame => { }, []).With(Takes<Visit>)
            .Step("again", "", frame => { }, []).With(Takes<Visit>)
            .Step("tell", "", frame => { }, []).With(Takes<IDisposable>);
        if (!hasServices) flow.Changed(definition => definition with { Steps = definition.Steps.RemoveAt(0) });

        var error = await Assert.ThrowsAsync<FlowException>(() => run.StartAsync(flow));

        Assert.Equal(("FG1015", 2, expected), (error.Code, error.ExitCode, error.Message));
        Assert.Empty(await run.Store.ListAsync("", default).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Service_ThatMayBeMissing_IsNull()
    {
        var found = new List<Visit?>();
        await using var services = new ServiceCollection().BuildServiceProvider();
        var flow = new FlowBuilder().Step("load", "", frame => found.Add(frame.OptionalService<Visit>()), []).With(step => step with { Services = [new("it", typeof(Visit), "Visit") { IsOptional = true }] });

        await new TestRun().AssertSucceedsAsync(flow);
        await new TestRun { Services = services }.AssertSucceedsAsync(flow);

        Assert.Equal([null, null], found);
    }

    [Fact]
    public async Task Services_ThatDoNotFitTogether_AreToldBeforeAnythingRuns()
    {
        await using var host = new HostServices(new ServiceCollection().AddSingleton<Visit>());

        var error = Assert.Throws<FlowException>(host.Provide);

        Assert.Equal("FG1016", error.Code);
        Assert.StartsWith("The services of the program do not fit together: Unable to resolve service for type", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Register what is missing with app.Services.", error.Message, StringComparison.Ordinal);
    }

    private static StepDefinition Takes<T>(StepDefinition step) => step with { Services = [new ServiceDefinition("it", typeof(T), typeof(T).Name)] };

    private sealed class Visit : IAsyncDisposable
    {
        public Visit(ConcurrentQueue<Visit> all) => all.Enqueue(this);

        public bool IsDisposed { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            IsDisposed = true;
        }
    }

    private sealed class Stubborn : IDisposable
    {
        public void Dispose() => throw new IOException("cannot be closed");
    }
}
