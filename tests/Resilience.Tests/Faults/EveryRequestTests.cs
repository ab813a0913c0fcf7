using Amazon.Runtime;
using FlowGen.S3;
using FlowGen.Storage;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>A small run on S3, and something that happens to each of its requests, one after the other.</summary>
public sealed class EveryRequestTests
{
    /// <summary>Nothing of this is the run's end: each request is sent again.</summary>
    [Theory]
    [InlineData(RequestTrouble.InternalError), InlineData(RequestTrouble.SlowDown), InlineData(RequestTrouble.Conflict), InlineData(RequestTrouble.Reset)]
    [InlineData(RequestTrouble.LostReply), InlineData(RequestTrouble.PartialReply), InlineData(RequestTrouble.Silence), InlineData(RequestTrouble.Delayed)]
    public async Task Run_EveryRequestFailsOnce_IsNotDisturbed(RequestTrouble trouble) => await EachAsync(trouble, async (server, at, time) =>
    {
        server.Plan(at, trouble);
        await Processes.LiveAsync(Open(server, time), time);
    });

    [Theory]
    [InlineData(RequestTrouble.Killed), InlineData(RequestTrouble.KilledAfter)]
    public async Task Run_KilledAtEveryRequestAndAgain_EndsAsAnUndisturbedOne(RequestTrouble kill) => await EachAsync(kill, async (server, at, time) =>
    {
        for (var process = 0; process < 2; process++)
        {
            server.Plan(at, kill);
            try
            {
                await Processes.LiveAsync(Open(server, time), time);
                return;
            }
            catch (FlowGen.FlowException e) when (e.ExitCode == 4 && server.WasHit)
            {
                // The next one goes on.
            }
        }
    });

    private static async Task EachAsync(RequestTrouble trouble, Func<S3InMemory, int, TimeProvider, Task> liveAsync)
    {
        var hits = 0;
        for (var at = 1; ; at++, hits++)
        {
            using var server = new S3InMemory();
            var time = new InstantTime();
            await liveAsync(server, at, time);
            var wasHit = server.WasHit;
            server.Plan(int.MaxValue, RequestTrouble.None);
            if (!wasHit) break;
            var store = Open(server, time);
            await Processes.LiveAsync(store, time);
            await Processes.CheckAsync(store, $"{trouble} at {at}");
        }

        Assert.True(hits > 30, $"only {hits} requests");
    }

    private static S3Store Open(S3InMemory server, TimeProvider time) =>
        new(S3Location.Parse("s3://bucket/flows?endpoint=http://127.0.0.1:9", static _ => null), new BasicAWSCredentials("key", "secret"), time, server);
}

/// <summary>The server of these tests is one.</summary>
public sealed class S3InMemoryTests : ObjectStoreConformance, IDisposable
{
    private readonly S3InMemory _server = new();

    public void Dispose() => _server.Dispose();

    private protected override IObjectStore Store => field ??= Another();

    private protected override IObjectStore Another() => new S3Store(S3Location.Parse("s3://bucket/flows?endpoint=http://127.0.0.1:9", static _ => null), new BasicAWSCredentials("key", "secret"), null, _server);
}
