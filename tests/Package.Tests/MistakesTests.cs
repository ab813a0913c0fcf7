using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FlowGen.Generator;
using Microsoft.CodeAnalysis.Diagnostics;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>
/// One mistake of every kind in one project: the violations of all pages of rules, each in a file and a namespace of its own. The build tells each once, on
/// nothing but its own line, and tells errors whatever is done to silence them. The compiler runs analyzers only where the generator told no error: then the generator tells
/// what they would, so their rules are in a project of their own once more.
/// </summary>
public sealed partial class MistakesTests(PackedFeed feed)
{
    private static readonly ImmutableHashSet<string> s_ofAnalyzers =
    [
        .. typeof(FlowGenerator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics).Select(rule => rule.Id),
    ];

    [Fact]
    public async Task Build_OneMistakeOfEveryKind_TellsEachOnce() => await AssertToldOnceAsync("Everything", [.. Pages()]);

    [Fact]
    public async Task Build_OneMistakeOfEveryKindInBodies_TellsEachOnce() =>
        await AssertToldOnceAsync("Bodies", [.. Pages().Where(page => s_ofAnalyzers.Contains(page.Id))]);

    private async Task AssertToldOnceAsync(string name, List<Page> pages)
    {
        Assert.NotEmpty(pages);
        var project = new ConsoleProject(feed, name, "<PropertyGroup><OutputType>Library</OutputType><NoWarn>$(NoWarn);$(Silenced)</NoWarn></PropertyGroup>");
        project.Write("Usings.cs", """
            global using System.Collections.Immutable;
            global using System.ComponentModel.DataAnnotations;
            global using FlowGen;
            global using Microsoft.Extensions.Logging;
            """);
        foreach (var page in pages) project.Write(page.File, page.Source);

        var told = Told(await project.BuildAsync());
        Assert.Equal(pages.Select(page => $"{page.File} {page.Id}"), told.Select(line => $"{line.File} {line.Code}"));

        // Everything at once that silences a warning: only the errors are left.
        var ids = pages.Select(page => page.Id).ToList();
        foreach (var page in pages) project.Write(page.File, $"#pragma warning disable {page.Id}\n{page.Source}");
        project.Write(".editorconfig", "root = true\n[*.cs]\n" + string.Concat(ids.Select(id => $"dotnet_diagnostic.{id}.severity = none\n")));
        var left = Told(await project.BuildAsync("--no-restore", $"-p:Silenced={string.Join("%3B", ids)}"));
        Assert.Equal(told.Where(line => line.IsError).Select(line => $"{line.File} {line.Code}"), left.Select(line => $"{line.File} {line.Code}"));
    }

    private static List<Line> Told(ToolResult build)
    {
        var lines = Diagnostic().Matches(build.Output)
            .Select(line => new Line(Path.GetFileName(line.Groups["file"].Value), line.Groups["code"].Value, line.Groups["place"].Value, line.Groups["kind"].Value == "error"))
            .CountBy(line => line).ToList();
        // The build prints all of them when they come and again at its end; one that is told twice comes more often than the others.
        Assert.Single(lines.Select(line => line.Value).Distinct());
        return [.. lines.Select(line => line.Key).OrderBy(line => line.File, StringComparer.Ordinal).ThenBy(line => line.Code, StringComparer.Ordinal)];
    }

    private static IEnumerable<Page> Pages() => Directory.EnumerateFiles(Repository.PathOf("docs/rules"), "FG0*.md").Order(StringComparer.Ordinal)
        .Select(file => (Id: Path.GetFileNameWithoutExtension(file), Violation: Violation().Match(File.ReadAllText(file))))
        .Where(page => page.Violation.Success)
        .Select(page => new Page(page.Id, page.Violation.Groups[1].Value));

    [GeneratedRegex(@"^## Violation\n.*?^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Violation();

    [GeneratedRegex(@"^\s*(?<file>[^\s(:][^(:]*?)\((?<place>\d+,\d+)\)\s*: (?<kind>error|warning) (?<code>[A-Z]+\d+): ", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();

    [GeneratedRegex(@"\b(?!Sub)([A-Z]\w*)Flow\b")]
    private static partial Regex FlowName();

    private sealed record Line(string File, string Code, string Place, bool IsError);

    private sealed record Page(string Id, string Violation)
    {
        public string File => Id + ".cs";

        /// <summary>The violation in a namespace of its own, its flows under names of their own; but two flows of one name are the point of FG0107.</summary>
        public string Source => $"namespace {Id};\n{(Id == "FG0107" ? Violation : FlowName().Replace(Violation, $"${{1}}{Id[2..]}Flow"))}";
    }
}
