using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Invocations that work together.</summary>
public class GangTests
{
    [Fact]
    public async Task Gang_OfThree_MeetsAndGivesTheResultOfRankZero()
    {
        using var meeting = new Barrier(3);
        var places = new ConcurrentBag<GangPlace>();
        var sums = new ConcurrentBag<int>();
        var run = new TestRun { MaxParallel = 1 };
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, new[] { 1, 2 }), FlowBuilder.Ints("load"))
            .Step("train", "load", frame =>
            {
                Assert.True(meeting.SignalAndWait(TimeSpan.FromMinutes(1)));
                // Each member may do with its inputs what it likes.
                sums.Add(frame.Value<int[]>(0).Sum());
                Array.Clear(frame.Value<int[]>(0));
                places.Add(frame.Context.Gang);
                frame.Set(0, frame.Context.Gang.Rank * 10);
            }, FlowBuilder.Int("train")).With(step => step with { Gang = 3 });

        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal([0, 1, 2], places.Select(place => place.Rank).Order());
        Assert.Equal([3, 3, 3], sums);
        Assert.All(places, place => Assert.Equal((3, "127.0.0.1", places.First().Port), (place.Size, place.Host, place.Port)));
        Assert.Equal(0, await run.IntAsync(key, 1));
    }

    [Fact]
    public async Task Gang_Address_CanBeListenedToByRankZeroAndReachedByTheOthers()
    {
        var received = 0;
        var flow = new FlowBuilder().Step("train", "", async frame =>
        {
            var gang = frame.Context.Gang;
            if (gang.Rank == 0)
            {
                using var listener = new TcpListener(IPAddress.Parse(gang.Host), gang.Port);
                listener.Start();
                using var peer = await listener.AcceptTcpClientAsync(frame.CancellationToken);
                received = peer.GetStream().ReadByte();
                return;
            }

            while (true)
            {
                using var client = new TcpClient();
                try
                {
                    await client.ConnectAsync(gang.Host, gang.Port, frame.CancellationToken);
                }
                catch (SocketException)
                {
                    await Task.Yield();
                    continue;
                }

                client.GetStream().WriteByte(42);
                return;
            }
        }, []).With(step => step with { Gang = 2 });

        await TestRun.RunAsync(flow);

        Assert.Equal(42, received);
    }

    [Fact]
    public async Task Gang_OneMemberFails_CancelsTheOthersAndAllAreTriedAgain()
    {
        var calls = new ConcurrentBag<(int Attempt, int Rank)>();
        var cancelled = 0;
        var flow = new FlowBuilder().Step("train", "", async frame =>
        {
            calls.Add((frame.Context.Attempt, frame.Context.Gang.Rank));
            if (frame.Context.Attempt == 2) return;
            if (frame.Context.Gang.Rank == 1) throw new IOException("lost");
            try
            {
                await Task.Delay(Timeout.Infinite, frame.CancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref cancelled);
            }
        }, [], retry: new RetryPolicy(1, TimeSpan.FromMilliseconds(1))).With(step => step with { Gang = 3 });

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal((RunStatus.Succeeded, 2), (status, cancelled));
        Assert.Equal([(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)], calls.Order());
        Assert.Equal("lost", Assert.Single((await run.RecordsAsync(key)).OfType<AttemptFailed>()).Error.Message);
    }

    [Fact]
    public async Task Gang_OfAStepWithoutOne_IsRankZeroOfOne()
    {
        GangPlace? place = null;
        await TestRun.RunAsync(new FlowBuilder().Step("alone", "", frame => place = frame.Context.Gang));

        Assert.Equal((0, 1), (place!.Rank, place.Size));
    }
}
