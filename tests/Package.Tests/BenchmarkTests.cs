using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>The benchmarks work. Nothing is said about time: the sizes are tiny, the machine is shared.</summary>
public sealed class BenchmarkTests(PackedFeed feed)
{
    [Fact]
    public async Task Benchmarks_Quick_PrintEveryGroup()
    {
        var result = await Tool.DotnetAsync(Repository.Root, "run", "--project", "tests/Benchmarks", "-c", Repository.Configuration, "--no-build", "--", "--quick", "--folder", feed.NewFolder("bench"));

        Assert.InRange(result.ExitCode, 0, 1); // 1: a bar was missed
        Assert.Contains("foreach of", result.Output, StringComparison.Ordinal);
        Assert.Contains("SHA-256", result.Output, StringComparison.Ordinal);
        Assert.Contains("object by object", result.Output, StringComparison.Ordinal);
        Assert.Contains("edit of a declaration", result.Output, StringComparison.Ordinal);
    }
}
