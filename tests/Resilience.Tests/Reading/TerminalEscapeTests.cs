using FlowGen.CompilerServices;
using FlowGen.Storage;
using Runtime.Tests.CommandLine;
using Runtime.Tests.Executing;
using Storage.Tests;

namespace Resilience.Tests.Reading;

/// <summary>Whatever a flow, or somebody who may write to the store, puts into values, lines, errors and tags: a terminal is given no control characters.</summary>
public sealed class TerminalEscapeTests
{
    private const string Evil = "\u001b[2J\u001b]0;title\u0007\u009b31m\b\r\u202eevil\u0000";

    private static FlowBuilder Flow(bool fails) => new FlowBuilder("evil")
        .Parameter<string, StringCodec>("text", ParameterParsers.String, Evil)
        .Step("words", "", frame => frame.Set(0, new[] { 1, 2 }), FlowBuilder.Ints("words"))
        .Step("say", "each:words text", frame =>
        {
            Console.WriteLine(Evil);
            frame.Set(0, fails && frame.Value<int>(0) == 2 ? throw new InvalidOperationException(Evil) : Evil + frame.Value<int>(0));
        }, FlowBuilder.Text("say"))
        .Step("all", "all:say", frame => frame.Set(0, string.Concat(frame.Gather<string>(0))), FlowBuilder.Text("all"));

    [Fact]
    public async Task Read_EveryCommand_ShowsNoControlCharacters()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolderStore(folder.Path);
        var (good, _) = await new TestRun { Store = store, Tags = ["a b"] }.StartAsync(Flow(fails: false));
        var (bad, _) = await new TestRun { Store = store }.StartAsync(Flow(fails: true));
        var terminal = new TestTerminal(Flow(fails: false).Build(), OtherFlow.Definition);
        var shown = 0;
        foreach (var command in (string[])["runs --all-users --show text,all", "status {0}", "status {1}", "status {1} --json", "dump {0}", "dump {0} --full", "dump {1}", "logs {0}", "logs {1} --all --timestamps", "explain {1}/say[1]", "explain {0}/all",
            "get {0}/all --json", "lineage {0}/all", "diff {0} {1}", "diff {0} {1} --json", "tag {0}", $"status {Evil}", $"dump {{0}} --task {Evil}", $"runs --where {Evil}"])
        {
            var typed = await terminal.TypeAsync([.. command.Replace("{0}", good.ToString(), StringComparison.Ordinal).Replace("{1}", bad.ToString(), StringComparison.Ordinal).Split(' '), "--store", folder.Path]);
            Assert.True(typed.ExitCode is 0 or 2 or 3, $"{command}: {typed.ExitCode} {typed.Error}");
            // JSON carries text as it is, but for what controls a terminal.
            var isJson = command.EndsWith("--json", StringComparison.Ordinal);
            var seen = (typed.Out + typed.Error).Where(c => (char.IsControl(c) && c != '\n') || (!isJson && c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069')).Distinct().ToList();
            Assert.True(seen.Count == 0, $"{command} shows {string.Join(" ", seen.Select(c => $"U+{(int)c:x4}"))}");
            shown += typed.Out.Contains("evil", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown > 8, $"only {shown} commands show the text at all");
    }
}
