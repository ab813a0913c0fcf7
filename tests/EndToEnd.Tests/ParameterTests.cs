namespace EndToEnd.Tests;

/// <summary>Parameters of real processes: from files, variables and JSON; secrets.</summary>
public sealed class ParameterTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Run_WithParametersFromEverywhere_RecordsWhatItWasGivenAndNoSecret()
    {
        await File.WriteAllTextAsync(Path.Combine(_program.Directory, "params.json"), """{"share": 0.5, "pages": [{"name": "a"}]}""", TestContext.Current.CancellationToken);

        var ended = (await _program.ShellAsync("""FLOWGEN_PARAM_API_KEY=open-sesame FLOWGEN_PARAM_SHARE=0.4 $flows run fetch --params params.json --pages '{"name": "b", "depth": 2}' '{"name": "c"}'""")).With(0);
        var status = (await _program.RunAsync("status", "--json")).With(0);
        var logs = (await _program.RunAsync("logs")).With(0);

        Assert.Contains("""{"apiKey":"***","pages":[{"Depth":2,"Name":"b"},{"Depth":1,"Name":"c"}],"share":0.4}""", System.Text.Json.JsonSerializer.Serialize(status.Json.GetProperty("parameters")), StringComparison.Ordinal);
        Assert.Contains("key ***", logs.Out, StringComparison.Ordinal);
        Assert.Contains("Page { Name = b, Depth = 2 } with ***", logs.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", ended.Out + ended.Error + status.Out + logs.Out, StringComparison.Ordinal);
        AssertNowhere("sesame");
    }

    [Fact]
    public async Task Resume_OfAFailedRun_NeedsTheSecretAgainAndMasksTheNewOne()
    {
        var failed = (await _program.ShellAsync("""echo open-sesame | $flows run fetch --api-key-file - --pages '[{"name": "a"}, {"name": "b", "depth": 10}]'""")).With(1);
        var without = (await _program.RunAsync("resume")).With(2);
        var again = (await _program.ShellAsync("FLOWGEN_PARAM_API_KEY=other-word $flows resume")).With(1);

        Assert.Contains("InvalidOperationException: *** may not go that deep", failed.Error, StringComparison.Ordinal);
        Assert.Contains("error FG1014: Secret apiKey is not recorded", without.Error, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: *** may not go that deep", again.Error, StringComparison.Ordinal);
        AssertNowhere("sesame");
        AssertNowhere("other-word");
    }

    [Fact]
    public async Task Run_WithUserSecrets_FindsThemWhereTheSdkKeepsThem()
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_program.Directory, "home", ".microsoft", "usersecrets", "flowgen-end-to-end"));
        await File.WriteAllTextAsync(Path.Combine(secrets.FullName, "secrets.json"), """{"ApiKey": "open-sesame"}""", TestContext.Current.CancellationToken);

        (await _program.ShellAsync("unset APPDATA; HOME=$PWD/home $flows run fetch")).With(0);

        Assert.Contains("key ***", (await _program.RunAsync("logs")).With(0).Out, StringComparison.Ordinal);
        AssertNowhere("sesame");
    }

    [Fact]
    public async Task Run_WithMistakesInAFile_TellsAllAndRunsNothing()
    {
        await File.WriteAllTextAsync(Path.Combine(_program.Directory, "params.json"), "{\n  \"share\": \"half\",\n  \"pagse\": [],\n  \"apiKey\": \"x\"\n}", TestContext.Current.CancellationToken);

        var ended = (await _program.RunAsync("run", "fetch", "--params", "params.json", "--pages", """[{"name": "a", "depht": 2}]""", "--api-key", "sesame")).With(2);

        Assert.Equal(
            """
            error FG1012: File params.json, line 2: share: expected a number such as 0.5, found the text "half".
            error FG1012: File params.json, line 3: there is no parameter 'pagse'; did you mean 'pages'?
            error FG1013: File params.json, line 4: apiKey is a secret, which this file is not; give it in FLOWGEN_PARAM_API_KEY, in a file that FLOWGEN_PARAM_API_KEY_FILE or --api-key-file names ('-' is standard input), or as user secret ApiKey.
            error FG1013: Option --api-key: a secret is never given on the command line, where other programs and the shell's history see it; give it in FLOWGEN_PARAM_API_KEY, in a file that FLOWGEN_PARAM_API_KEY_FILE or --api-key-file names ('-' is standard input), or as user secret ApiKey.
            error FG1003: Option --pages: [0]: Page has no member 'depht'; did you mean 'depth'?

            """, ended.Error);
        Assert.False(Directory.Exists(_program.Store));
    }

    private void AssertNowhere(string secret)
    {
        var files = Directory.GetFiles(_program.Store, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }
}
