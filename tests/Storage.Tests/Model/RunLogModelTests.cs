using CsCheck;

namespace Storage.Tests;

public class RunLogModelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TwoDriversAndABadNetwork_EveryOrderOfEvents_CommitsEachTaskOnce(bool oneByOne) =>
        Gen.Byte.Array[0, 120].Sample(choices => new RunLogSimulation(oneByOne).Run(choices), iter: 1500, threads: 1);

    [Fact]
    public void StoreThatOverwrites_IsFoundOut()
    {
        var found = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            try
            {
                new RunLogSimulation(oneByOne: true, overwrites: true).Run(Samples.Random(120, seed));
            }
            catch (Exception e) when (e is InvalidOperationException or FlowGen.FlowException)
            {
                found++;
            }
        }
        Assert.True(found > 10, $"Only {found} of 300 orders of events showed it.");
    }
}
