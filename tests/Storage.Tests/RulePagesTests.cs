using System.Reflection;
using FlowGen.Runs;
using FlowGen.S3;
using FlowGen.Storage;

namespace Storage.Tests;

public class RulePagesTests
{
    [Fact]
    public void EveryErrorOfStoresAndRuns_HasAPage()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "FlowGen.sln"))) root = Path.GetDirectoryName(root)!;
        var ids = new[] { typeof(StoreErrors), typeof(RunErrors), typeof(S3Errors) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(string)))
            .Select(f => (string)f.GetRawConstantValue()!)
            .ToList();
        Assert.InRange(ids.Count, 15, 100);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var id in ids)
        {
            var page = File.ReadAllText(Path.Combine(root, "docs", "rules", id + ".md"));
            Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
            Assert.Contains("\n## What to do\n", page, StringComparison.Ordinal);
        }
    }
}
