using FlowGen.CommandLine;

namespace Runtime.Tests.CommandLine;

public class HelpTests
{
    [Theory]
    [InlineData("help.txt"), InlineData("help.txt", "--help"), InlineData("help.txt", "-h"), InlineData("help.txt", "help")]
    [InlineData("help-run.txt", "run", "--help"), InlineData("help-run.txt", "help", "run"), InlineData("help-run.txt", "run", "--folds", "x", "--help")]
    [InlineData("help-resume.txt", "resume", "-h")]
    [InlineData("help-dump.txt", "dump", "--help")]
    public async Task Typed_Help_IsWrittenFromTheDefinitions(string golden, params string[] args)
    {
        var typed = await new TestTerminal().TypeAsync(args);

        Assert.Equal(0, typed.ExitCode);
        Golden.Check(golden, typed.Out);
    }

    [Fact]
    public async Task Typed_HelpOfSeveralFlows_ListsThem()
    {
        var typed = await new TestTerminal(SampleFlow.Definition, OtherFlow.Definition).TypeAsync();

        Golden.Check("help-flows.txt", typed.Out);
    }

    [Fact]
    public async Task Typed_Version_IsShown() => Assert.Matches(@"^FlowGen \d+\.\d+\.\d+\n$", (await new TestTerminal().TypeAsync("--version")).Out);

    [Theory]
    [InlineData("show.txt", "show"), InlineData("show.mmd", "show", "--format", "mermaid"), InlineData("show.json", "show", "--json"), InlineData("show.json", "show", "--format=json")]
    public async Task Typed_Show_DrawsTheGraph(string golden, params string[] args)
    {
        var typed = await new TestTerminal().TypeAsync(args);

        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
        Golden.Check(golden, typed.Out);
    }

    public static TheoryData<string, string[]> FlowMistakes => new()
    {
        { "error FG1007: 'run' needs the name of a flow: run FLOW. This program has sample, other.\n", ["run", "--quiet"] },
        { "error FG1007: 'show' needs the name of a flow: show FLOW. This program has sample, other.\n", ["show"] },
        { "error FG1007: This program has no flow 'smaple'; did you mean sample?\n", ["run", "smaple"] },
        { "error FG1007: This program has no flow 'x'; it has sample, other.\n", ["run", "x"] },
        { "error FG1002: 'run other' has no option --folds; 'run other --help' lists them.\n", ["run", "other", "--folds=3"] },
    };

    [Theory, MemberData(nameof(FlowMistakes))]
    public async Task Typed_FlowMistake_IsOneLineAndExitCode2(string expected, string[] args)
    {
        var typed = await new TestTerminal(SampleFlow.Definition, OtherFlow.Definition).TypeAsync(args);

        Assert.Equal((2, expected, ""), (typed.ExitCode, typed.Error, typed.Out));
    }

    [Fact]
    public async Task Typed_Completion_OffersOptionsAndVerbs()
    {
        var verbs = await new TestTerminal().TypeAsync("[suggest:1]", "r");
        var options = await new TestTerminal().TypeAsync("[suggest:11]", "run --test-");

        Assert.Equal(["replay", "resume", "rm", "run", "runs"], verbs.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line.StartsWith('r')).Order(StringComparer.Ordinal));
        Assert.Contains("--test-share", options.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain"), InlineData("\u001b[31mred\u001b[0m", "red"), InlineData("a\u001b]0;title\u0007b", "a]0;titleb"), InlineData("a\r\nb\tc", "a b c"), InlineData("\u202Egnp.exe", "gnp.exe"), InlineData("é漢😀", "é漢😀"), InlineData("\u001b[", "")]
    public void Printable_Line_HasNothingThatATerminalObeys(string text, string expected) => Assert.Equal(expected, Printable.Line(text));
}
