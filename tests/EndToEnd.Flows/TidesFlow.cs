using FlowGen;

namespace EndToEnd.Flows;

#pragma warning disable FG0623 // The harbour is given when the flow is deployed.
/// <summary>Started by the clock: says where and for when.</summary>
[Flow, Schedule("* * * * *"), Schedule("30 6 * * MON-FRI"), Project("coast")]
#pragma warning restore FG0623
public partial class TidesFlow
{
    /// <summary>The time for which it runs.</summary>
    [Parameter, FromSchedule] public DateTimeOffset Time { get; init; }

    /// <summary>Where.</summary>
    [Parameter] public required string Harbour { get; init; }

    [Step] public string Level() => $"{Harbour} {Time:yyyy-MM-dd HH:mm}";
}
