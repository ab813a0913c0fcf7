using System.Text;
using Generator.Tests.Rules;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.CodeFixes;

/// <summary>Every repair that is offered removes the mistake, and is what a person would have typed.</summary>
public class CodeFixTests
{
    /// <summary>Rules that some fix knows.</summary>
    public static TheoryData<string> FixableIds => [.. CodeFixer.Providers.SelectMany(provider => provider.FixableDiagnosticIds).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Ids_OfAllFixes_AreRules() =>
        Assert.All(FixableIds, id => Assert.True(RulePage.Descriptors.ContainsKey(id), $"{id} is no rule."));

    [Theory, MemberData(nameof(FixableIds))]
    public async Task Repair_OfThePageOfARule_RemovesTheMistake(string id)
    {
        var violation = RulePage.Read(id).Violation!;
        var repairs = await CodeFixer.RepairAsync(violation, id);
        Assert.NotEmpty(repairs);
        foreach (var (_, result) in repairs)
        {
            Assert.NotEqual(violation, result);
            Assert.DoesNotContain(await CodeFixer.MistakesAsync(result), mistake => mistake.Id == id);
        }
    }

    [Fact]
    public async Task Repairs_OfAllPages_AreAsAccepted()
    {
        var text = new StringBuilder();
        foreach (var row in FixableIds)
        {
            var violation = RulePage.Read(row.Data).Violation!;
            text.Append(row.Data).Append('\n');
            foreach (var (title, result) in await CodeFixer.RepairAsync(violation, row.Data))
            {
                text.Append("    ").Append(title).Append('\n').Append(Changes(violation, result));
                foreach (var next in (await CodeFixer.MistakesAsync(result)).Select(mistake => mistake.Id).Distinct().Order(StringComparer.Ordinal))
                    text.Append("        then ").Append(next).Append('\n');
            }
        }
        Snapshot.Match(text.ToString(), "fixes.txt");
    }

    private static string Changes(string before, string after)
    {
        var text = new StringBuilder();
        foreach (var line in DiffPlex.DiffBuilder.InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines)
        {
            if (line.Type == DiffPlex.DiffBuilder.Model.ChangeType.Deleted) text.Append("        - ").Append(line.Text).Append('\n');
            if (line.Type == DiffPlex.DiffBuilder.Model.ChangeType.Inserted) text.Append("        + ").Append(line.Text).Append('\n');
        }
        return text.ToString();
    }
}
