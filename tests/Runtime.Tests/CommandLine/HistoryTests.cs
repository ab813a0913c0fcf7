using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing;

namespace Runtime.Tests.CommandLine;

/// <summary>Runs in a store, and what the command line tells of them.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-history-").FullName;

    private string Store => Path.Combine(_directory, "store");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static FlowBuilder Flow(int size) => new FlowBuilder("flow")
        .Parameter<int, Int32Codec>("size", ParameterParsers.Parsable<int>(), size)
        .Step("many", "size", frame => frame.Set(0, Enumerable.Range(0, frame.Value<int>(0)).ToArray()), FlowBuilder.Ints("many"))
        .Step("half", "each:many", frame => frame.Set(0, frame.Value<int>(0) / 2), FlowBuilder.Int("half"))
        .Step("sum", "all:half", frame => frame.Set(0, frame.Gather<int>(0).Sum() is var sum && sum >= 0 ? sum : throw new InvalidOperationException("negative")), FlowBuilder.Int("sum"));

    private async Task<RunKey> RunAsync(int size, params string[] tags)
    {
        var run = new TestRun { Store = new LocalFolderStore(Store), Tags = [.. tags] };
        return (await run.StartAsync(Flow(size))).Run;
    }

    private Task<Typed> TypeAsync(params string[] args) => new TestTerminal(Flow(0).Build()).TypeAsync([.. args, "--store", Store]);

    private async Task<string[]> RunsAsync(params string[] args)
    {
        var typed = await TypeAsync(["runs", "--json", .. args]);
        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
        return [.. System.Text.Json.JsonDocument.Parse(typed.Out).RootElement.EnumerateArray().Select(run => run.GetProperty("run").GetString()!)];
    }

    [Fact]
    public async Task Runs_Filtered_AreThoseThatWereAskedFor()
    {
        var (one, two, three) = (await RunAsync(4, "a"), await RunAsync(6, "a", "b"), await RunAsync(8));

        Assert.Equal([$"{three}", $"{two}", $"{one}"], await RunsAsync());
        Assert.Equal([$"{two}", $"{one}"], await RunsAsync("--tag", "a"));
        Assert.Equal([$"{two}"], await RunsAsync("--tag", "a", "--tag", "b"));
        Assert.Equal([$"{three}"], await RunsAsync("--param", "size=8"));
        Assert.Equal([$"{three}"], await RunsAsync("--where", "sum > 6"));
        Assert.Equal([$"{one}"], await RunsAsync("--where", "half[3] == 1 and not size > 5"));
        Assert.Equal([$"{two}"], await RunsAsync("--where", "many[5] == 5", "--sort", "size", "--limit", "1"));
        Assert.Equal([$"{three}", $"{two}", $"{one}"], await RunsAsync("--sort", "-sum"));
        Assert.Equal([$"{one}", $"{two}"], await RunsAsync("--sort", "sum", "--limit", "2"));
        Assert.Equal([$"{three}"], await RunsAsync("--limit", "1", "--since", "1h", "--until", "2999-01-01"));
        Assert.Empty(await RunsAsync("--until", "2020-01-01"));
        Assert.Empty(await RunsAsync("--since", "2999-01-01"));
        Assert.Empty(await RunsAsync("--status", "failed"));
        Assert.Equal(3, (await RunsAsync("--where", "run.took < 10m and run.status == 'succeeded' and run.created > '2020-01-01'")).Length);
    }

    [Fact]
    public async Task Runs_ShowingValues_HaveThemInColumnsAndInJson()
    {
        var run = await RunAsync(6);

        Assert.Matches($"run +flow +status +created \\(UTC\\) +took +size +sum +half\\[9\\] +user +tags\n{run.Short} +flow +succeeded +.* 6 +6 +", (await TypeAsync("runs", "--show", "size,sum,half[9]")).Out);
        Assert.Contains("\"values\": {\n      \"size\": 6,\n      \"half[4]\": 2,\n      \"half[9]\": null\n    }", (await TypeAsync("runs", "--json", "--show", "size,half[4],half[9],size")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "FG1033: None of these runs has a parameter or artifact 'sim'; did you mean sum?", "--show", "sim")]
    [InlineData(3, "FG1033: None of these runs has a parameter or artifact 'run.tok'; did you mean run.took?", "--where", "run.tok > 1s")]
    [InlineData(2, "FG1032: Option --show, --where or --sort: 'half' has a value for each task of the step half; name one, such as half[0].", "--where", "half > 1")]
    [InlineData(2, "FG1034: sum (2) and big cannot be compared; ", "--where", "sum > 'big'")]
    public async Task Runs_AskedForWhatMakesNoSense_SayWhatIsWrong(int code, string message, params string[] args)
    {
        await RunAsync(4);

        var typed = await TypeAsync(["runs", .. args]);

        Assert.Equal((code, ""), (typed.ExitCode, typed.Out));
        Assert.StartsWith("error " + message, typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_OfOthers_AreShownOnlyWhenAskedFor()
    {
        var run = await RunAsync(4);
        var other = new TestTerminal(Flow(0).Build()) { User = "somebody else" };

        Assert.Equal($"No runs of somebody else in {Store}; --all-users lists those of everybody.\n", (await other.TypeAsync("runs", "--store", Store)).Out);
        Assert.Contains(run.Short, (await other.TypeAsync("runs", "--store", Store, "--all-users")).Out, StringComparison.Ordinal);
        Assert.Contains(run.Short, (await other.TypeAsync("runs", "--store", Store, "--user", FlowGen.Hosting.CurrentUser.Name)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tag_GivenTakenAndMoved_IsSeenByEveryVerb()
    {
        var (one, two) = (await RunAsync(4, "a"), await RunAsync(6));

        Assert.Equal($"{one}: a, champion, b c\n", (await TypeAsync("tag", one.Short, "--add", "champion", "--add", "b c", "--add", "a")).Out);
        Assert.Contains("tags    a, champion, b c", (await TypeAsync("status", "@champion")).Out, StringComparison.Ordinal);
        Assert.Equal($"{two}: champion\n", (await TypeAsync("tag", "--move", "champion", two.Short)).Out);
        Assert.Contains($"\"run\": \"{two}\"", (await TypeAsync("status", "@champion", "--json")).Out, StringComparison.Ordinal);
        Assert.Equal($"{one}: b c\n", (await TypeAsync("tag", one.Short, "--remove", "a")).Out);
        Assert.Contains("\"tags\": [\n    \"b c\"\n  ]", (await TypeAsync("tag", one.Short, "--json")).Out, StringComparison.Ordinal);
        Assert.Equal([$"{one}"], await RunsAsync("--tag", "b c"));
        Assert.Equal($"error FG1035: Run {two} does not carry the tag 'champoin'; did you mean 'champion'?\n", (await TypeAsync("tag", two.Short, "--remove", "champoin")).Error);
        Assert.Equal($"{two}: no tags\n", (await TypeAsync("tag", two.Short, "--remove", "champion")).Out);
        Assert.Equal(3, (await TypeAsync("status", "@champion")).ExitCode);
    }

    [Fact]
    public async Task Run_OfAProject_IsOnTheBranchThatWasAskedFor()
    {
        async Task<string> StartAsync(string? branch, RunKey? resume = null)
        {
            var run = new TestRun { Store = new LocalFolderStore(Store), Branch = branch };
            var (key, _) = await run.StartAsync(Flow(2).Changed(flow => flow with { Project = "shop" }), resume);
            return string.Join(' ', (await run.ReadAsync(key)).Manifest.Tags) + (resume is null ? $" {key}" : "");
        }

        Assert.StartsWith($"project:shop branch:user.{FlowGen.Hosting.CurrentUser.Name} ", await StartAsync(null), StringComparison.Ordinal);
        var production = await StartAsync("production");
        Assert.StartsWith("project:shop branch:production ", production, StringComparison.Ordinal);
        Assert.Equal("project:shop branch:production", await StartAsync(null, RunKey.Parse(production.Split(' ')[^1])));
        Assert.Equal(2, (await RunsAsync("--production")).Length);
        Assert.Equal(3, (await RunsAsync("--tag", "project:shop")).Length);
    }
}
