using FlowGen;

namespace Testing.Tests.Flows;

/// <summary>Runs another flow for each number.</summary>
[Flow]
public partial class NestedFlow
{
    [Parameter] public int[] Numbers { get; init; } = [1, 2, 3];

    [SubFlow] public static SquareFlow Square([ForEach(nameof(Numbers))] int number) => new() { Number = number };

    [Step] public static int Sum([Gather(nameof(Square))] int[] squares) => squares.Sum();
}

/// <summary>Takes its time, and asks for more than there is, unless a test runs it.</summary>
[Flow]
public partial class SquareFlow
{
    [Parameter] public int Number { get; init; }

    [Step, Retry(1, Backoff = "10m"), Resources(Cpu = 900), RateLimit(1, "1h")]
    public int Load(StepContext context) => context.Attempt == 1 ? throw new IOException("busy") : Number;

    [Step, Output] public static int Multiply(int load) => load * load;
}
