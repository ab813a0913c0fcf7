using System.Text.RegularExpressions;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>docs/guarantees.md names only tests that exist.</summary>
public sealed partial class GuaranteeTests
{
    [Fact]
    public void Guarantees_TestsNamed_Exist()
    {
        var sources = string.Join('\n', Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var named = TestName().Matches(File.ReadAllText(Repository.PathOf("docs/guarantees.md"))).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Matches($@"class {name.Class}\b", sources));
        Assert.All(named, name => Assert.Matches($@"\b{name.Method}\(", sources));
    }

    [GeneratedRegex(@"`(\w+)\.(\w+_\w+)`")]
    private static partial Regex TestName();
}
