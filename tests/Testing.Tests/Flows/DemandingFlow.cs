using FlowGen;

namespace Testing.Tests.Flows;

/// <summary>Wants what no test has: a big machine, a process of its own, hours.</summary>
[Flow]
public partial class DemandingFlow
{
    [Step] public static int[] Items() => [1, 2, 3];

    [Step, RateLimit(1, "1h")] public static int Slow([ForEach(nameof(Items))] int item) => item;

    [Step, Resources(Cpu = 1024, Memory = "900Ti")] public static int Big(int[] items) => items.Length;

    [Step, Isolated, Environment("FLOWGEN_TEST_KIT", "1")] public static int Apart(int[] items) => Environment.ProcessId;

    [Step, Gang(2)] public static int Together(int[] items, StepContext context) => context.Gang.Size;

    [Step, Retry(1, Backoff = "10m")]
    public static int Polite(int[] items, StepContext context) => context.Attempt == 1 ? throw new RetryAfterException(TimeSpan.FromHours(1), "later") : items.Length;
}
