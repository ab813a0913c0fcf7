using FlowGen;

namespace Testing.Tests.Flows;

/// <summary>Runs another flow for each of some numbers.</summary>
[Flow]
public partial class OuterFlow
{
    [Parameter] public int[] Numbers { get; init; } = [10, 20];

    [SubFlow] public static InnerFlow Work([ForEach(nameof(Numbers))] int number) => new() { Begin = number };

    [Step] public static int Sum([Gather(nameof(Work), "total")] IReadOnlyList<int> totals) => totals.Sum();
}

/// <summary>The other flow.</summary>
[Flow]
public partial class InnerFlow
{
    [Parameter] public required int Begin { get; init; }

    [Step] public int[] Parts() => [Begin, Begin + 1, Begin + 2];

    [Step, Retry(2, Backoff = "10m"), RateLimit(1, "1h")] public static int Double([ForEach(nameof(Parts))] int part) => 2 * part;

    [Step, Output] public static int Total([Gather(nameof(Double))] IReadOnlyList<int> doubles) => doubles.Sum();
}
