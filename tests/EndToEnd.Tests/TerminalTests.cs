namespace EndToEnd.Tests;

/// <summary>What a person at a terminal sees (a pseudo terminal made by script).</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    private Task<Ended> OnTerminalAsync(string variables)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "A pseudo terminal needs the program script.");
        return _program.ShellAsync($"env -u NO_COLOR {variables} script -qec \"$flows run squares\" /dev/null");
    }

    [Fact]
    public async Task Run_OnATerminal_IsALiveTreeThenASummary()
    {
        var run = (await OnTerminalAsync("TERM=xterm-256color")).With(0);

        Assert.Contains("\u001b[?25l", run.Out, StringComparison.Ordinal);
        Assert.Matches("\u001b\\[(3|4|9|10)[0-9;]*m", run.Out);
        Assert.Contains("succeeded in ", run.Out, StringComparison.Ordinal);
        Assert.Contains("square[4] | squaring 4", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithNoColor_HasNoColors()
    {
        var run = (await OnTerminalAsync("TERM=xterm-256color NO_COLOR=1")).With(0);

        Assert.DoesNotMatch("\u001b\\[(3|4|9|10)[0-9;]*m", run.Out);
        Assert.Contains("succeeded in ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnADumbTerminal_IsPlainLines()
    {
        var run = (await OnTerminalAsync("TERM=dumb")).With(0);

        Assert.DoesNotContain("\u001b", run.Out, StringComparison.Ordinal);
        Assert.Contains("square[4]  done in ", run.Out, StringComparison.Ordinal);
    }
}
