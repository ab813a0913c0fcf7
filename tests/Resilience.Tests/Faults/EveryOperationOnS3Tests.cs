using Storage.Tests.S3;

namespace Resilience.Tests.Faults;

/// <summary>The same small run on the real server: killed before and after every operation of its store, reads and listings among them.</summary>
public sealed class EveryOperationOnS3Tests
{
    /// <summary>They wait for the server most of the time.</summary>
    private const int Together = 8;

    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter)]
    public async Task Run_KilledAtEveryOperation_EndsAsAnUndisturbedOne(Trouble kill)
    {
        _ = S3Server.Url;
        var hits = 0;
        for (var (first, wereHit) = (1, true); wereHit; first += Together)
        {
            var tries = await Task.WhenAll(Enumerable.Range(first, Together).Select(at => Task.Run(() => TryAsync(at, kill))));
            wereHit = tries.All(static wasHit => wasHit);
            hits += tries.Count(static wasHit => wasHit);
        }

        Assert.True(hits > 30, $"only {hits} operations");
    }

    private static async Task<bool> TryAsync(int at, Trouble kill)
    {
        var inner = S3Server.Open(S3Server.NewStore());
        var wasHit = await Processes.LiveAsync(inner, [new NumberedStore(inner, at, kill)]);
        await Processes.CheckAsync(inner, $"{kill} at {at}");
        return wasHit;
    }
}
