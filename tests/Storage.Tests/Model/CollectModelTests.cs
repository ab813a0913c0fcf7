using CsCheck;

namespace Storage.Tests;

/// <summary>The model of collections (C5) as a state machine over the real code.</summary>
public sealed class CollectModelTests
{
    private static readonly int Iterations = int.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_LONG"), out var longer) && longer > 0 ? 20_000 : 300;

    [Fact]
    public void Collections_BesideDriversAndEachOther_NothingThatARunNeedsIsEverMissing()
    {
        var removed = 0;
        Gen.Int.Sample(seed =>
        {
            var simulation = new CollectSimulation(Mistake.None, seed);
            Assert.Null(simulation.Run());
            removed += simulation.Removed;
        }, iter: Iterations, threads: 1);
        // Most collections are cut off or find nothing: a few hundred of them remove about as many objects.
        Assert.True(removed > Iterations / 30, $"Collections removed {removed} objects in {Iterations} runs.");
    }

    [Theory]
    [InlineData(nameof(Mistake.ReadsOnce))]
    [InlineData(nameof(Mistake.MovesEarly))]
    [InlineData(nameof(Mistake.TakesRetired))]
    public void Collections_DriverBreaksTheProtocol_IsNoticed(string mistake) =>
        Assert.Contains(Enumerable.Range(0, 5000), seed => new CollectSimulation(Enum.Parse<Mistake>(mistake), seed).Run() is not null);
}
