using FlowGen;

namespace EndToEnd.Flows;

/// <summary>What another flow takes.</summary>
public sealed record Weights(double Factor, double[] Rest);

/// <summary>Makes what another flow takes.</summary>
[Flow]
public partial class RetrainFlow
{
    [Parameter] public double Factor { get; init; } = 1;

    [Step] public Weights Train() => Factor > 0 ? new(Factor, [.. Enumerable.Repeat(Factor, 2000)]) : throw new InvalidOperationException("no weights");
}

/// <summary>Takes results of another flow's runs, and the day for which it is scheduled.</summary>
[Flow, Schedule("0 3 * * *", TimeZone = "Asia/Tokyo")]
public partial class RescoreFlow
{
    /// <summary>The weights that people chose.</summary>
    [Parameter, FromRun(typeof(RetrainFlow), nameof(RetrainFlow.Train), Tag = "champion")] public Artifact<Weights>? Champion { get; init; }

    [Parameter, FromRun(typeof(RetrainFlow), "train")] public required Artifact<Weights> Newest { get; init; }

    [Parameter, FromSchedule] public DateOnly Day { get; init; }

    [Step] public static async Task<double> Chosen(Artifact<Weights>? champion, CancellationToken cancel) => champion is null ? 0 : (await champion.GetAsync(cancel)).Factor;

    [Step, Isolated] public async Task<string> Latest(CancellationToken cancel) => $"{(await Newest.GetAsync(cancel)).Rest.Sum() / 2000} on {Day:yyyy-MM-dd}";
}
