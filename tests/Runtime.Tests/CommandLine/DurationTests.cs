using FlowGen;

namespace Runtime.Tests.CommandLine;

public class DurationTests
{
    [Theory]
    [InlineData(0, "0 ms"), InlineData(0.0034, "3 ms"), InlineData(0.9996, "1.00 s"), InlineData(1.236, "1.24 s"), InlineData(42.04, "42.0 s")]
    [InlineData(59.96, "1 m 00 s"), InlineData(125, "2 m 05 s"), InlineData(5400, "1 h 30 m"), InlineData(273600, "3 d 4 h"), InlineData(-1, "0 ms")]
    public void Show_Duration_HasTwoUnitsAtMost(double seconds, string expected) => Assert.Equal(expected, Duration.Show(TimeSpan.FromSeconds(seconds)));
}
