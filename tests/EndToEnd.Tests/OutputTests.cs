namespace EndToEnd.Tests;

/// <summary>What steps print, and where the program's own output goes, cannot keep a run from its end.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_WhoseStepsHoldTheConsole_Ends(bool isQuiet)
    {
        string[] quiet = isQuiet ? ["--quiet"] : [];

        (await _program.RunAsync(["run", "loud", .. quiet])).With(0);

        Assert.Equal(8000, (await _program.RunAsync("logs")).With(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("$flows run loud | head -n 1 > /dev/null; exit ${PIPESTATUS[0]}", 0)]
    [InlineData("$flows run loud | (until $flows status 2> /dev/null | grep -q succeeded; do :; done; cat > /dev/null); exit ${PIPESTATUS[0]}", 0)]
    [InlineData("$flows run loud > /dev/full", 1)]
    [InlineData("$flows run loud >&-", 1)]
    [InlineData("$flows run loud > /dev/full 2> /dev/full", 1)]
    public async Task Run_WhoseOutputIsNotTaken_Succeeds(string command, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/dev/full"), "There is no device that is always full.");

        var run = (await _program.ShellAsync(command)).With(exitCode);

        if (exitCode == 0 || command.Contains("2>", StringComparison.Ordinal)) Assert.Equal("", run.Error);
        else Assert.Matches("^error FG1011: The output cannot be written: [^\n]+\n$", run.Error);
        Assert.Equal("succeeded", (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("status").GetString());
    }
}
