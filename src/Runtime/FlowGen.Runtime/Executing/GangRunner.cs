using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FlowGen.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlowGen.Executing;

/// <summary>Calls a step once for each member of its gang, all at the same time, each on a thread of its own until it first waits: they may wait for each other.</summary>
internal static class GangRunner
{
    /// <param name="step">The step.</param>
    /// <param name="host">Has what a member takes beside its inputs.</param>
    /// <param name="context">The attempt.</param>
    /// <param name="member">Makes the flow object and the inputs of one member; nobody else may hold them.</param>
    /// <param name="cancel">The attempt's token.</param>
    /// <returns>The frame of rank 0. The first failure of any member is the attempt's; it cancels the others.</returns>
    public static async Task<StepFrame> InvokeAsync(StepDefinition step, StepHost host, StepContext context, Func<ValueTask<(object Flow, object?[] Inputs)>> member, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        var frames = new StepFrame[step.Gang];
        for (var rank = 0; rank < frames.Length; rank++)
        {
            var (flow, inputs) = await member().ConfigureAwait(false);
            frames[rank] = new StepFrame(flow, inputs, step.ArtifactCount, new Member(context, new GangPlace(rank, step.Gang, address)), stop.Token);
        }

        Exception? first = null;
        await Task.WhenAll(frames.Select(frame => Task.Factory.StartNew(() => RunAsync(frame), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap())).ConfigureAwait(false);
        if (first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        return frames[0];

        async Task RunAsync(StepFrame frame)
        {
            try
            {
                await host.InvokeAsync(step, frame).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Thrown again once all members have ended.
            catch (Exception e)
#pragma warning restore CA1031
            {
                // What the others throw because of the cancellation is no news.
                if (Interlocked.CompareExchange(ref first, e, null) is null) await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed class Member(StepContext attempt, GangPlace place) : StepContext
    {
        public override GangPlace Gang => place;
        public override string RunId => attempt.RunId;
        public override string Flow => attempt.Flow;
        public override string Step => attempt.Step;
        public override string TaskName => attempt.TaskName;
        public override IReadOnlyList<int> Index => attempt.Index;
        public override int Attempt => attempt.Attempt;
        public override string IdempotencyKey => attempt.IdempotencyKey;
        public override IReadOnlyList<string> Tags => attempt.Tags;
        public override ILogger Logger => attempt.Logger;
        public override string TempDirectory => attempt.TempDirectory;
        public override void Progress(double fraction, string? message = null) => attempt.Progress(fraction, message);
        public override Task Committed() => attempt.Committed();
    }
}
