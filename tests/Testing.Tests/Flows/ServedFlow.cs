using FlowGen;

namespace Testing.Tests.Flows;

/// <summary>Takes services.</summary>
[Flow]
public partial class ServedFlow
{
    [Step] public static int Hour([Service] IClock clock) => clock.Hour;

    [Step] public static int Count(int hour, [Service] IClock clock) => hour * clock.Hour;
}

public interface IClock
{
    int Hour { get; }
}
