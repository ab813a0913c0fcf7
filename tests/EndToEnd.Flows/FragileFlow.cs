using FlowGen;

namespace EndToEnd.Flows;

/// <summary>Fails as often as it is told.</summary>
[Flow]
public partial class FragileFlow
{
    /// <summary>How many attempts fail.</summary>
    [Parameter] public int Failures { get; init; }

    [Step, Retry(2, Backoff = "10ms")]
    public int Shaky(StepContext context)
    {
        Console.WriteLine($"attempt {context.Attempt}");
        if (context.Attempt <= Failures) throw new InvalidOperationException($"attempt {context.Attempt} is one too few");
        return context.Attempt;
    }

    [Step] public string Report(int shaky) => $"took {shaky}";

    [Step] public int Independent() => 42;
}
