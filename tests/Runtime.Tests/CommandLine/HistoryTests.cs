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

    [Fact]
    public async Task Get_OfAnArtifact_IsJsonOrTheContentItself()
    {
        var flow = Flow(0).Step("note", "", frame => frame.Set(0, "two\nlines"), FlowBuilder.Text("note"));
        var (run, _) = await new TestRun { Store = new LocalFolderStore(Store) }.StartAsync(Flow(4).Step("note", "", frame => frame.Set(0, "two\nlines"), FlowBuilder.Text("note")));
        var terminal = new TestTerminal(flow.Build()) { Directory = _directory };

        Assert.Equal("[\n  0,\n  1,\n  2,\n  3\n]\n", (await terminal.TypeAsync("get", "many", "--store", Store)).Out);
        Assert.Equal("1\n", (await terminal.TypeAsync("get", $"{run}/half.3", "--store", Store)).Out);
        Assert.Equal("1\n", (await terminal.TypeAsync("get", $"{run.Short}/half", "--task", "half[2]", "--store", Store)).Out);
        Assert.Equal("2\n", (await terminal.TypeAsync("get", "many", "--item", "2", "--store", Store)).Out);
        Assert.Contains("error FG1008: Artifact many of run flow/", (await terminal.TypeAsync("get", "many", "--item", "4", "--store", Store)).Error, StringComparison.Ordinal);
        Assert.Contains("error FG1003: Option --item: '-1' is not the number of an item", (await terminal.TypeAsync("get", "many", "--item", "-1", "--store", Store)).Error, StringComparison.Ordinal);
        Assert.Contains("error FG1003: Option --item: artifact note of run flow/", (await terminal.TypeAsync("get", "note", "--item", "0", "--store", Store)).Error, StringComparison.Ordinal);
        Assert.Equal("two\nlines", (await terminal.TypeAsync("get", "latest/note", "--store", Store)).Out);
        Assert.Equal("\"two\\nlines\"\n", (await terminal.TypeAsync("get", "note", "--json", "--store", Store)).Out);
        Assert.Equal($"note of run {run} in {Path.Combine(_directory, "note.txt")}\n", (await terminal.TypeAsync("get", "note", "--to", "note.txt", "--store", Store)).Out);
        Assert.Equal("two\nlines", await File.ReadAllTextAsync(Path.Combine(_directory, "note.txt"), TestContext.Current.CancellationToken));
        // What was written is found again, with the run that made it.
        Assert.Equal($"{run}  made it as artifact note of task note\n", (await terminal.TypeAsync("find", "note.txt", "--store", Store)).Out);
    }

    [Theory]
    [InlineData(2, "FG1003: Artifact half has a value for each of 4 tasks; name one, such as half[0] or --task half.0.", "get", "half")]
    [InlineData(3, "FG1008: Run flow/", "get", "hlaf")]
    [InlineData(3, "FG1008: Run flow/", "get", "half[9]")]
    [InlineData(2, "FG1003: 'get' needs the name of an artifact: get [RUN/]ARTIFACT.", "get")]
    [InlineData(2, "FG1003: Option --task: artifact sum is made by step sum, not by half.", "get", "sum", "--task", "half.1")]
    [InlineData(2, "FG1038: The file ", "get", "sum", "--to", "/nowhere/at/all/x")]
    [InlineData(3, "FG1010: There is no file ", "find", "nothing")]
    [InlineData(3, "FG1039: No run in ", "find", "0123456789abcdef")]
    [InlineData(2, "FG1003: 'half' names several tasks; name one, such as half.0.", "lineage", "half")]
    [InlineData(2, "FG1003: 'diff' needs at least one run: diff RUN [RUN].", "diff")]
    [InlineData(2, "FG1003: 'code pll' does not exist; did you mean 'code pull'?", "code", "pll")]
    [InlineData(2, "FG1002: 'b' is one argument too many for 'code list'.", "code", "list", "latest", "b")]
    [InlineData(3, "FG1036: Run flow/", "code", "list")]
    public async Task Typed_WhatIsNotThere_SaysWhatIs(int code, string message, params string[] args)
    {
        await RunAsync(4);

        var typed = await TypeAsync(args);

        Assert.Equal((code, ""), (typed.ExitCode, typed.Out));
        Assert.StartsWith("error " + message, typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_ByHash_TellsWhoMadeAndWhoReused()
    {
        var run = await RunAsync(4);
        var (again, _) = await new TestRun { Store = new LocalFolderStore(Store) }.StartAsync(Flow(4), run);
        var hash = System.Text.Json.JsonDocument.Parse((await TypeAsync("dump", $"{run}", "--artifact", "many", "--json")).Out).RootElement.GetProperty("artifacts")[0].GetProperty("hash").GetString()!;

        Assert.Equal($"{again}  reused it as artifact many of task many\n{run}  made it as artifact many of task many\n", (await TypeAsync("find", hash[..12])).Out);
        Assert.Contains("\"role\": \"made\"", (await TypeAsync("find", hash, "--json")).Out, StringComparison.Ordinal);
        Assert.Equal($"{again}  reused it as artifact many of task many\n", (await TypeAsync("find", hash, "--limit", "1")).Out);
    }

    [Fact]
    public async Task Lineage_OfATask_GoesBackToTheParameters()
    {
        await RunAsync(7);

        var hash = System.Text.Json.JsonDocument.Parse((await TypeAsync("dump", "--artifact", "many", "--json")).Out).RootElement.GetProperty("artifacts")[0].GetProperty("hash").GetString()![..12];
        Assert.Equal($"half[3]: succeeded\n  many: {hash}, item 3\n    many: succeeded\n      size: parameter, 7\n", (await TypeAsync("lineage", "half.3")).Out);
        Assert.StartsWith("sum: succeeded\n  half: 7 tasks\n    half[0]: succeeded ", (await TypeAsync("lineage", "latest/sum")).Out, StringComparison.Ordinal);
        var tasks = System.Text.Json.JsonDocument.Parse((await TypeAsync("lineage", "sum", "--json")).Out).RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("task").GetString());
        Assert.Equal(["sum", "half[0]", "half[1]", "half[2]", "half[3]", "half[4]", "half[5]", "half[6]", "many"], tasks);
    }

    [Fact]
    public async Task Diff_OfTwoRuns_ShowsWhatIsNotTheSame()
    {
        var (one, two) = (await RunAsync(3), await RunAsync(4));

        var text = (await TypeAsync("diff", one.Short)).Out;
        Assert.StartsWith($"- {one}: succeeded in ", text, StringComparison.Ordinal);
        Assert.Contains($"\n+ {two}: succeeded in ", text, StringComparison.Ordinal);
        Assert.Contains("\nParameters:\n  size  3  ->  4\n", text, StringComparison.Ordinal);
        Assert.Matches("\nArtifacts:\n  many +\\[0,1,2\\] +-> +\\[0,1,2,3\\]\n  half\\[3\\] +\\(none\\) +-> +1\n  sum +1 +-> +2\n3 artifacts are the same.\n", text);
        Assert.DoesNotContain("Packages", text, StringComparison.Ordinal);

        var json = System.Text.Json.JsonDocument.Parse((await TypeAsync("diff", $"{one}", $"{two}", "--json")).Out).RootElement;
        Assert.Equal(("size", 3, 4), (json.GetProperty("parameters")[0].GetProperty("name").GetString(), json.GetProperty("parameters")[0].GetProperty("before").GetInt32(), json.GetProperty("parameters")[0].GetProperty("after").GetInt32()));
        Assert.Equal((3, 3), (json.GetProperty("equalArtifacts").GetInt32(), json.GetProperty("artifacts").GetArrayLength()));
        Assert.Contains("6 artifacts are the same.", (await TypeAsync("diff", $"{two}", $"{two}")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half.3", "half[3]", "half: the same, 1")]
    [InlineData("many", "many", "many: the same, [0,1,2,3]")]
    [InlineData("latest/sum", "sum", "sum: the same, 2")]
    public async Task Replay_WithTheSameCode_GivesTheSame(string name, string task, string result)
    {
        var run = await RunAsync(4);
        var before = Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

        Assert.Equal($"{task} of run {run}: done\n  {result}\n", (await TypeAsync("replay", name)).Out);

        Assert.Equal(before, Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Replay_WithOtherCode_ShowsBoth()
    {
        var run = await RunAsync(4);
        var changed = Flow(0).Changed(flow => flow with { Steps = [.. flow.Steps.Select(step => step.Name == "half" ? step with { Invoke = frame => { frame.Set(0, frame.Value<int>(0) * 100); return default; } } : step)] });

        var typed = await new TestTerminal(changed.Build()).TypeAsync("replay", "half.3", "--store", Store);
        Assert.Equal($"half[3] of run {run}: done\n  half: 300\n        not as recorded, 1\n", typed.Out);
        // What comes after is given what the run recorded.
        Assert.Contains("sum: the same, 2", (await new TestTerminal(changed.Build()).TypeAsync("replay", "sum", "--store", Store)).Out, StringComparison.Ordinal);
        Assert.Contains("\"same\": false", (await new TestTerminal(changed.Build()).TypeAsync("replay", "half.3", "--json", "--store", Store)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfAStepThatFails_ShowsWhereAndNothingElse()
    {
        await RunAsync(4);
        var failing = Flow(0).Changed(flow => flow with { Steps = [.. flow.Steps.Select(step => step.Name == "sum" ? step with { Invoke = _ => throw new InvalidOperationException("no good") } : step)] });

        var typed = await new TestTerminal(failing.Build()).TypeAsync("replay", "sum", "--store", Store);

        Assert.Equal((1, ""), (typed.ExitCode, typed.Out));
        Assert.StartsWith("System.InvalidOperationException: no good\n   at ", typed.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nerror FG1041: Task sum failed: InvalidOperationException: no good\n", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfLoopsChoicesAndTolerantGathers_TakesWhatTheRunTook()
    {
        static FlowBuilder Everything() => new FlowBuilder("flow")
            .Step("seed", "", frame => frame.Set(0, 5), FlowBuilder.Int("seed"))
            .Loop("improve", "carry:seed", (value, _) => value + 10, max: 9, value => value < 30)
            .Step("items", "", frame => frame.Set(0, new[] { 0, 1, 2 }), FlowBuilder.Ints("items"))
            .Step("risky", "each:items", frame => frame.Set(0, frame.Value<int>(0) == 1 ? throw new InvalidOperationException("one") : frame.Value<int>(0)), FlowBuilder.Int("risky"))
            .Step("outcomes", "all:outcome:risky", frame => frame.Set(0, string.Join(' ', frame.Gather(0, InputWraps.Outcome<int>).Select(outcome => outcome.Succeeded ? $"{outcome.Value}" : outcome.Error!.Message))), FlowBuilder.Text("outcomes"))
            .Step("which", "", frame => frame.Set(0, true), FlowBuilder.Bool("which"))
            .Step("yes", "", frame => frame.Set(0, 1), [FlowBuilder.Int("yes")], when: "which=true")
            .Step("no", "", frame => frame.Set(0, 2), [FlowBuilder.Int("no")], when: "which=false")
            .Step("merged", "oneof:yes|no", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("merged"));
        await new TestRun { Store = new LocalFolderStore(Store) }.StartAsync(Everything());
        var terminal = new TestTerminal(Everything().Build());

        foreach (var (task, result) in new[] { ("improve#0", "improve: the same, 15"), ("improve", "improve: the same, 35"), ("risky.2", "risky: the same, 2"), ("outcomes", "outcomes: the same, 0 one 2"), ("merged", "merged: the same, 1") })
            Assert.Contains(result, (await terminal.TypeAsync("replay", task, "--store", Store)).Out, StringComparison.Ordinal);
        Assert.Contains("error FG1041: Task risky[1] failed: InvalidOperationException: one", (await terminal.TypeAsync("replay", "risky.1", "--store", Store)).Error, StringComparison.Ordinal);
        Assert.StartsWith("merged: succeeded\n  yes:", (await terminal.TypeAsync("lineage", "merged", "--store", Store)).Out, StringComparison.Ordinal);
    }
}
