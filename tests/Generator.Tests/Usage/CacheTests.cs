namespace Generator.Tests.Usage;

/// <summary>FG0804: what a cached step must not read.</summary>
public class CacheTests
{
    [Theory]
    [InlineData("DateTime.Now.Year", "the clock")]
    [InlineData("DateTimeOffset.UtcNow.Year", "the clock")]
    [InlineData("TimeProvider.System.GetUtcNow().Year", "the clock")]
    [InlineData("Environment.TickCount", "the clock")]
    [InlineData("Random.Shared.Next()", "random numbers")]
    [InlineData("new Random().Next()", "random numbers")]
    [InlineData("Guid.NewGuid().GetHashCode()", "random numbers")]
    [InlineData("System.Security.Cryptography.RandomNumberGenerator.GetInt32(3)", "random numbers")]
    [InlineData("Environment.GetEnvironmentVariable(\"A\")!.Length", "the environment")]
    [InlineData("System.IO.File.ReadAllText(\"a\").Length", "files")]
    [InlineData("System.IO.Directory.EnumerateFiles(\"a\").Count()", "files")]
    [InlineData("new System.IO.StreamReader(\"a\").Read()", "files")]
    public async Task CachedStep_ReadsMoreThanItsInputs_IsTold(string value, string what)
    {
        var told = Assert.Single(await Usage.ToldAsync($"[Step, Cache] public int Load() => {value};"));
        Assert.StartsWith("FG0804 ", told, StringComparison.Ordinal);
        Assert.Contains($"cached step 'load' reads {what} with ", told, StringComparison.Ordinal);
        Assert.Empty(await Usage.ToldAsync($"[Step] public int Load() => {value};"));
    }

    [Theory]
    [InlineData("new Random(42).Next()")]
    [InlineData("new DateTime(2026, 1, 1).Year")]
    [InlineData("Path.ReadAllText().Length + System.IO.Path.Combine(\"a\", \"b\").Length")]
    [InlineData("nameof(DateTime.Now).Length")]
    public async Task CachedStep_ReadsWhatItsKeyHolds_IsFine(string value) =>
        Assert.Empty(await Usage.ToldAsync($"[Parameter] public InputFile Path {{ get; init; }} = \"a\"; [Step, Cache] public int Load() => {value};"));

    [Fact]
    public async Task CachedStep_ReadsTheClockInAProperty_IsToldWithThePath() =>
        Assert.Equal(["FG0804 Now: cached step 'load' reads the clock with 'DateTime.Now' (load -> Now), which a result taken from the cache would not show; take the time as a parameter or from another step"],
            await Usage.ToldAsync("static DateTime Now => DateTime.Now; [Step, Cache] public int Load() => Now.Year;"));
}
