using Storage.Tests.S3;

namespace EndToEnd.Tests;

/// <summary>The program with its runs on a real S3 server: every verb, kills, rivals and outages.</summary>
public sealed class S3Tests : IDisposable
{
    private readonly List<FlowProgram> _programs = [];

    public void Dispose()
    {
        foreach (var program in _programs) program.Dispose();
    }

    private static string Server
    {
        get
        {
            var url = Environment.GetEnvironmentVariable("FLOWGEN_TEST_S3");
            Assert.SkipWhen(string.IsNullOrEmpty(url), "No S3 server: start one with build/engines/s3/up.sh, then source the file env that it writes.");
            Assert.True(Uri.IsWellFormedUriString(url, UriKind.Absolute), url);
            return url!;
        }
    }

    private FlowProgram NewProgram(string? server = null)
    {
        var program = new FlowProgram($"s3://flowgen-tests/{Guid.NewGuid():n}?endpoint={server ?? Server}");
        _programs.Add(program);
        return program;
    }

    [Fact]
    public async Task Run_InS3_IsSeenByEveryVerb()
    {
        var program = NewProgram();
        var run = (await program.RunAsync("run", "squares", "--count", "4", "--tag", "first")).With(0);
        Assert.Equal("", run.Error);
        Assert.Contains(program.Store, run.Out, StringComparison.Ordinal);

        var only = Assert.Single((await program.RunAsync("runs", "--json")).With(0).Json.EnumerateArray());
        Assert.Equal(("squares", "succeeded"), (only.GetProperty("flow").GetString(), only.GetProperty("status").GetString()));
        var id = only.GetProperty("run").GetString()!;
        Assert.Equal(
            ["numbers succeeded", "square[0] succeeded", "square[1] succeeded", "square[2] succeeded", "square[3] succeeded", "sum succeeded"],
            (await program.RunAsync("status", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().Select(task => $"{task.GetProperty("task").GetString()} {task.GetProperty("status").GetString()}"));
        Assert.Equal(14, (await program.RunAsync("dump", id.Split('-')[1], "--artifact", "sum", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetDouble());
        Assert.Equal("squaring 2\n", (await program.RunAsync("logs", id, "--task", "square.2")).With(0).Out);
        Assert.Contains("each of numbers", (await program.RunAsync("show", "squares")).With(0).Out, StringComparison.Ordinal);

        Assert.Contains("6 reused", (await program.RunAsync("resume")).With(0).Out, StringComparison.Ordinal);
        Assert.Equal(2, (await program.RunAsync("runs", "--json")).With(0).Json.GetArrayLength());
        Assert.False(Directory.Exists(Path.Combine(program.Directory, ".flowgen")));
    }

    [Fact]
    public async Task EveryVerbThatReads_OfRunsInS3_Succeeds()
    {
        var program = NewProgram();
        (await program.RunAsync("run", "squares", "--count", "3", "--quiet")).With(0);
        (await program.RunAsync("run", "squares", "--count", "4", "--quiet", "--tag", "kept")).With(0);
        var ids = (await program.RunAsync("runs", "--json")).With(0).Json.EnumerateArray().Select(run => run.GetProperty("run").GetString()!).ToList();
        foreach (var (verb, said) in new (string Verb, string Said)[]
        {
            ("runs --show sum", "14"), ("status", "succeeded"), ("show squares", "each of numbers"), ("dump", "sum: double"), ("get sum", "14"), ("get numbers --item 3", "3"), ("get sum --to sum.json", "sum.json"),
            ("lineage sum", "square"), ("logs", "squaring 3"), ("explain square[3]", "square[3]"), ("code list", "SquaresFlow.cs"), ("code pull --to code", "code"), ("code diff", ""),
            ($"diff {ids[1]} {ids[0]}", "count"), ("tag latest --add best", "best"), ("status @best", "succeeded"), ("du", "squares"), ("fsck", ""), ("gc --dry-run", ""), ("replay square[2]", "square[2]"), ("resume --plan", ""),
            ($"rm {ids[1]}", ids[1]), ("runs", "squares"),
        })
        {
            var ended = (await program.RunAsync(verb.Split(' '))).With(0);
            Assert.Equal("", ended.Error);
            Assert.Contains(said, ended.Out, StringComparison.Ordinal);
        }

        Assert.Equal(ids[0], Assert.Single((await program.RunAsync("runs", "--json")).With(0).Json.EnumerateArray()).GetProperty("run").GetString());
    }

    [Fact]
    public async Task Run_WithAnInputFileAndAProcessOfItsOwn_FindsWhatIsInS3()
    {
        var program = NewProgram();
        await File.WriteAllTextAsync(Path.Combine(program.Directory, "notes.txt"), "read me\n");

        (await program.ShellAsync("FLOWGEN_PARAM_TOKEN=swordfish $flows run apart --notes notes.txt --quiet")).With(0);
        Assert.Contains("took it", (await program.RunAsync("find", "notes.txt")).With(0).Out, StringComparison.Ordinal);

        Assert.All((await program.RunAsync("status", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray(), task => Assert.Equal("succeeded", task.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Resume_AfterAKillHalfWay_IsDoneByOneOfTwoAndGivesTheSameArtifacts()
    {
        var (program, undisturbed) = (NewProgram(), NewProgram());
        var gate = Path.Combine(program.Directory, "gate");
        using (var run = program.Start("run", "squares", "--count", "8", "--gate", gate, "--max-parallel", "4"))
        {
            await run.SeesAsync("square[2]  done");
            run.Signal(FlowProgram.Started.Kill);
            (await run.EndAsync()).With(137);
        }
        Assert.Equal("interrupted", (await program.RunAsync("status", "--json")).With(0).Json.GetProperty("status").GetString());

        using var first = program.Start("resume");
        using var second = program.Start("resume");
        var (one, other) = (first.EndAsync(), second.EndAsync());
        var refused = await (await Task.WhenAny(one, other)); // the gate is closed: only the one that is refused can end
        Assert.Matches("^error FG12[0-9]{2}: [^\n]+\n$", refused.With(2).Error);
        await File.WriteAllTextAsync(gate, "");
        await Task.WhenAll(one, other);

        Assert.Equal([0, 2], new[] { (await one).ExitCode, (await other).ExitCode }.Order());
        (await undisturbed.RunAsync("run", "squares", "--count", "8", "--quiet")).With(0);
        Assert.Equal(await HashesAsync(undisturbed), await HashesAsync(program));
    }

    [Fact]
    public async Task Run_ServerGoesAway_SaysSoAndGoesOn()
    {
        using var proxy = new FaultProxy(Server);
        var program = NewProgram(proxy.Url);
        var gate = Path.Combine(program.Directory, "gate");
        using var run = program.Start("run", "squares", "--count", "8", "--gate", gate, "--max-parallel", "4");
        await run.SeesAsync("square[2]  done");

        proxy.Refuse();
        await File.WriteAllTextAsync(gate, "");
        await run.SeesAsync("It is tried again until it works");
        proxy.Accept();

        var ended = (await run.EndAsync()).With(0);
        Assert.Contains("The store can be reached again.", ended.Out, StringComparison.Ordinal);
        Assert.All((await program.RunAsync("status", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray(), task => Assert.Equal("succeeded", task.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task AnyVerb_StoreThatCannotBeUsed_SaysSoInOneLine()
    {
        var server = Server;
        using var nobody = new FaultProxy(null);
        nobody.Refuse();
        foreach (var verb in new[] { "run", "resume", "runs", "status", "logs", "dump" })
        {
            var words = verb == "run" ? new[] { verb, "squares" } : [verb];
            Assert.Matches("^error FG1136: The S3 server http://127[^\n]+\n$", (await NewProgram(nobody.Url).RunAsync(words)).With(4).Error);
        }
        using var unknown = new FlowProgram("s3://flowgen-no-such-bucket?endpoint=" + server);
        Assert.Matches("^error FG1131: [^\n]+\n$", (await unknown.RunAsync("run", "squares")).With(4).Error);
        using var misspelt = new FlowProgram("s3://flowgen-tests?regoin=x");
        Assert.Matches("^error FG1130: [^\n]+did you mean 'region'[^\n]+\n$", (await misspelt.RunAsync("runs")).With(4).Error);
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(FlowProgram program) => new(
        (await program.RunAsync("dump", "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray()
            .ToDictionary(artifact => artifact.GetProperty("task").GetString()!, artifact => artifact.GetProperty("hash").GetString()!), StringComparer.Ordinal);
}
