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

    [Theory, MemberData(nameof(RulePage.AllIds), MemberType = typeof(RulePage))]
    public void Descriptor_OfEachRule_SaysWhatItIsAndWhereToReadOn(string id)
    {
        var rule = RulePage.Descriptors[id];
        Assert.Equal("FlowGen", rule.Category);
        Assert.NotEqual("", rule.Title.ToString());
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.Equal(rule.DefaultSeverity == DiagnosticSeverity.Error, rule.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));
        Assert.True(rule.IsEnabledByDefault);
    }

    [Theory, MemberData(nameof(RulePage.ViolableIds), MemberType = typeof(RulePage))]
    public async Task Message_OfEachRule_IsShortAndSpeaksOfThePersonsCode(string id)
    {
        foreach (var problem in await FindAsync(RulePage.Read(id).Violation!))
        {
            Assert.InRange(problem.GetMessage().Length, 20, 300);
            Assert.DoesNotMatch(@"__Flow|global::|\.g\.cs|\{\d|FlowCatalog|UngeneratedFlow|CompilerServices|\n", problem.GetMessage());
            Assert.All(problem.AdditionalLocations.Prepend(problem.Location), place => Assert.StartsWith("File", place.SourceTree!.FilePath, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Releases_ListEveryRule()
    {
        var rules = RulePage.Descriptors.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}\n");
        Snapshot.MatchFile("""
            ; Unshipped analyzer release
            ; https://github.com/dotnet/roslyn/blob/main/src/RoslynAnalyzers/Microsoft.CodeAnalysis.Analyzers/ReleaseTrackingAnalyzers.Help.md

            ### New Rules

            Rule ID | Category | Severity | Notes
            --------|----------|----------|-------

            """ + string.Concat(rules), "../../src/Generator/FlowGen.Generator/AnalyzerReleases.Unshipped.md");
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
