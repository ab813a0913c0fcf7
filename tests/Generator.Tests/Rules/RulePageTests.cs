using System.Text;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Rules;

/// <summary>Each rule has a page whose violation is told by this rule alone, and whose fix is clean.</summary>
public class RulePageTests
{
    [Theory, MemberData(nameof(RulePage.AllIds), MemberType = typeof(RulePage))]
    public void Page_OfEachRule_HasItsTitle(string id) =>
        Assert.Equal($"# {id}: {RulePage.Descriptors[id].Title}", RulePage.Read(id).Title);

    [Theory, MemberData(nameof(RulePage.ViolableIds), MemberType = typeof(RulePage))]
    public async Task Violation_OfEachRule_IsToldByItAlone(string id)
    {
        var found = await FindAsync(RulePage.Read(id).Violation!);
        Assert.Equal([id], found.Select(d => d.Id));
    }

    [Theory, MemberData(nameof(RulePage.ViolableIds), MemberType = typeof(RulePage))]
    public async Task Fix_OfEachRule_IsClean(string id) =>
        Assert.Empty((await FindAsync(RulePage.Read(id).Fix!)).Select(d => d.ToString()));

    [Fact]
    public async Task Messages_OfAllViolations_AreWordForWord()
    {
        var text = new StringBuilder();
        foreach (var id in RulePage.Violable)
        {
            foreach (var problem in await FindAsync(RulePage.Read(id).Violation!))
            {
                text.Append(problem.Id).Append(' ').Append(problem.Severity == DiagnosticSeverity.Error ? "error" : "warning").Append(" at ").Append(Token(problem.Location));
                if (problem.AdditionalLocations.Count > 0) text.Append(" with ").AppendJoin(", ", problem.AdditionalLocations.Select(Token));
                text.Append("\n    ").Append(problem.GetMessage()).Append('\n');
            }
        }
        Snapshot.Match(text.ToString(), "messages.txt");
    }

    private static string Token(Location location) =>
        $"'{location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(location.SourceSpan)}' in line {location.GetLineSpan().StartLinePosition.Line + 1}";

    private static async Task<List<Diagnostic>> FindAsync(string source)
    {
        var compiled = Compiler.Compile(source);
        var analyzed = await Compiler.AnalyzeAsync(compiled.Output);
        return [.. compiled.All, .. analyzed];
    }
}
