using FlowGen;
using FlowGen.CommandLine;

namespace Runtime.Tests.CommandLine;

/// <summary><c>flowgen.json</c>.</summary>
public sealed class EngineProfileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowgen-profile-");

    private string Below => _folder.CreateSubdirectory("project/bin").FullName;

    private string FileName => Path.Combine(_folder.FullName, "project", "flowgen.json");

    public void Dispose() => _folder.Delete(recursive: true);

    private EngineProfile? Find(string text, string? name = null)
    {
        var start = Below;
        File.WriteAllText(FileName, text);
        return EngineProfile.Find(name, start);
    }

    private FlowException Wrong(string text, string? name = null) => Assert.Throws<FlowException>(() => Find(text, name));

    [Fact]
    public void Find_WholeFile_IsRead()
    {
        const string text = """
            {
              // What everybody uses.
              "defaultProfile": "cluster",
              "profiles": {
                "cluster": { "engine": "slurm", "datastore": "s3://bucket/runs", "settings": { "partition": "long", "max-jobs": 20, "x": true, "pod": "C:\\pods\\pod.yaml" } },
                /* Nothing but a store. */
                "here": { "datastore": "runs" }, "empty": {},
              }
            }
            """;

        var cluster = Find(text)!;
        Assert.Equal(("cluster", "slurm", "s3://bucket/runs", FileName), (cluster.Name, cluster.Engine, cluster.StorePlace, cluster.File));
        Assert.Equal([("max-jobs", "20"), ("partition", "long"), ("pod", @"C:\pods\pod.yaml"), ("x", "true")], cluster.Settings.Select(pair => (pair.Key, pair.Value)));
        var here = Find(text, "here")!;
        Assert.Equal((null, Path.Combine(_folder.FullName, "project", "runs")), (here.Engine, here.StorePlace));
        Assert.Null(Find(text, "empty")!.StorePlace);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "profiles": { "a": { "engine": "slurm" } } }""")]
    public void Find_NoNameAndNoDefault_IsNone(string text) => Assert.Null(Find(text));

    [Fact]
    public void Find_NoFile_IsNoneUnlessOneIsNamed()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "project", ".git"));
        File.WriteAllText(Path.Combine(_folder.FullName, "flowgen.json"), """{ "defaultProfile": "a", "profiles": { "a": {} } }""");

        // The search does not leave the repository.
        Assert.Null(EngineProfile.Find(null, Below));
        var error = Assert.Throws<FlowException>(() => EngineProfile.Find("gpu", Below));
        Assert.Equal(("FG1302", 2), (error.Code, error.ExitCode));
        Assert.StartsWith($"Option --profile: there is no profile 'gpu', as there is no flowgen.json in {Below} or above; write one:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "profiles": { "cluster": {}, "gpu": {} } }""", "clustr", "Option --profile: there is no profile 'clustr' in {0}; did you mean cluster?")]
    [InlineData("""{ "profiles": { "cluster": {}, "gpu": {} } }""", "big", "Option --profile: there is no profile 'big' in {0}; it has cluster, gpu.")]
    [InlineData("{}", "big", "Option --profile: there is no profile 'big' in {0}; it has none.")]
    [InlineData("""{ "defaultProfile": "gp", "profiles": { "gpu": {} } }""", null, "'defaultProfile' of {0}: there is no profile 'gp' in {0}; did you mean gpu?")]
    public void Find_UnknownProfile_SaysWhichThereAre(string text, string? name, string message)
    {
        var error = Wrong(text, name);
        Assert.Equal(("FG1302", message.Replace("{0}", FileName, StringComparison.Ordinal)), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{ "profile": {} }""", "has the unknown member \"profile\"; did you mean \"profiles\"?")]
    [InlineData("""{ "colour": {} }""", "has the unknown member \"colour\"; there are profiles, defaultProfile")]
    [InlineData("""{ "profiles": { "a": { "datstore": "x" } } }""", "has the unknown member \"datstore\"; did you mean \"datastore\"?")]
    [InlineData("""{ "profiles": [] }""", "expected an object for 'profiles', found")]
    [InlineData("""{ "profiles": { "a": "slurm" } }""", "expected an object for the profile 'a', found the text \"slurm\"")]
    [InlineData("""{ "profiles": { "a": { "engine": 1 } } }""", "expected text, found")]
    [InlineData("""{ "profiles": { "a": { "datastore": null } } }""", "expected text, found")]
    [InlineData("""{ "profiles": { "a": { "settings": { "x": ["y"] } } } }""", "expected text, found")]
    [InlineData("""{ "defaultProfile": true }""", "expected text, found")]
    [InlineData("""[]""", "expected an object for the file, found")]
    [InlineData("""{ "profiles": """, "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("""{ "profiles": { "a": { "datastore": "C:\pods" } } }""", "not JSON")]
    [InlineData("""{ "profiles": { "a": { "datastore": "C:\runs" } } }""", "has a control character in \"datastore\"; a backslash is written twice: \"C:\\\\runs\"")]
    [InlineData("""{ "profiles": { "a": { "settings": { "pod": "D:\new.yaml" } } } }""", "has a control character in \"pod\"")]
    public void Find_WhatMakesNoSense_SaysWhatAndWhere(string text, string why)
    {
        var error = Wrong(text, "a");
        Assert.Equal(("FG1301", 2), (error.Code, error.ExitCode));
        Assert.StartsWith(FileName + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("typed", "--store", "typed", "--profile", "other")]
    [InlineData("other", "--profile", "other")]
    [InlineData("variable")]
    [InlineData("variable", "--profile", "without")]
    public async Task Store_OfManyPlaces_IsWhatWasTypedThenSetThenCheckedIn(string store, params string[] args)
    {
        var terminal = Terminal();
        terminal.Variables["FLOWGEN_DATASTORE"] = "variable";
        Assert.Contains(Path.Combine(_folder.FullName, store) + "\n", (await terminal.TypeAsync(["runs", "--all-users", .. args])).Out.Replace(".\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_OfTheDefaultProfile_IsWhereRunsGoAndAreFound()
    {
        var terminal = Terminal();

        await terminal.TypeAsync("run", "--folds", "2", "--quiet");

        Assert.True(Directory.Exists(Path.Combine(_folder.FullName, "standard", "runs")));
        foreach (var verb in new[] { "status", "logs", "dump", "du", "fsck", "tag" })
        {
            Assert.Equal(0, (await terminal.TypeAsync(verb)).ExitCode);
            var elsewhere = await terminal.TypeAsync(verb, "--profile", "other");
            Assert.True(elsewhere.ExitCode != 0 || verb is "du" or "fsck", verb + elsewhere.Out);
        }
    }

    private TestTerminal Terminal()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "flowgen.json"), """
            { "defaultProfile": "standard", "profiles": { "standard": { "datastore": "standard" }, "other": { "datastore": "other" }, "without": {} } }
            """);
        return new TestTerminal { Directory = _folder.FullName };
    }
}
