using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>Steps in processes of their own: they get and give what others do, and whatever happens to the process is the attempt's failure and not the run's.</summary>
public sealed partial class ApartTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public ApartTests() => File.WriteAllText(Path.Combine(_program.Directory, "notes.txt"), "read me\n");

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Apart_EndingWell_GivesWhatAnyStepGives()
    {
        var run = (await _program.ShellAsync("FLOWGEN_PARAM_TOKEN=swordfish $flows run apart --notes notes.txt")).With(0);

        var dump = (await _program.RunAsync("dump", "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray().ToList();
        Assert.Equal("4 processes", dump.Single(artifact => artifact.GetProperty("name").GetString() == "report").GetProperty("value").GetString());
        var places = dump.Where(artifact => artifact.GetProperty("name").GetString() == "apart").Select(artifact => artifact.GetProperty("value")).ToList();
        Assert.Equal(3, places.Count);
        Assert.All(places, place => Assert.Equal(("salt", "9 letters", "read me", 6, 1), (
            place.GetProperty("Flavour").GetString(), place.GetProperty("Token").GetString(), place.GetProperty("Words").GetString(), place.GetProperty("Sum").GetInt32(), place.GetProperty("Attempt").GetInt32())));
        Assert.Equal(["apart[0]", "apart[1]", "apart[2]"], places.Select(place => place.GetProperty("Task").GetString()));

        var logs = (await _program.RunAsync("logs", "--task", "apart[1]")).With(0).Out;
        Assert.Contains("number 2 here\n", logs, StringComparison.Ordinal);
        Assert.Contains("and on standard error\n", logs, StringComparison.Ordinal);
        Assert.Contains("warning: number 2 is logged\n", logs, StringComparison.Ordinal);
        Assert.Contains("the token is ***\n", logs, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", run.Out + run.Error + logs, StringComparison.Ordinal);
        Assert.Equal("true", (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("policies").GetProperty("apart").GetProperty("isolated").GetString());
    }

    [Theory]
    [InlineData("throw", 1, "ArgumentException: not like this")]
    [InlineData("permanent", 1, "PermanentFailureException: never again")]
    [InlineData("exit", 2, "The process of the step ended with exit code 3, before it had a result; its log has what it wrote.")]
    [InlineData("crash", 4, "WorkerLost: The process of the step was ended by SIGKILL, as when the machine runs out of memory, before it had a result; its log has what it wrote.")]
    public async Task Apart_EndingBadly_FailsTheTaskInWords(string ending, int attempts, string why)
    {
        var run = (await _program.RunAsync("run", "apart", "--notes", "notes.txt", "--ending", ending)).With(1);

        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Contains("number 2 here\n", (await _program.RunAsync("logs", "--task", "apart[1]")).With(0).Out, StringComparison.Ordinal);
        var tasks = (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().ToDictionary(task => task.GetProperty("task").GetString()!);
        Assert.Equal(("failed", attempts), (tasks["apart[1]"].GetProperty("status").GetString(), tasks["apart[1]"].GetProperty("attempts").GetInt32()));
        Assert.Equal(ending == "crash" ? "system" : "user", tasks["apart[1]"].GetProperty("errorKind").GetString());
        Assert.Equal(("succeeded", "blocked"), (tasks["apart[0]"].GetProperty("status").GetString(), tasks["report"].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Apart_Lost_IsTriedAgainWithoutUsingUpItsRetries()
    {
        var run = (await _program.RunAsync("run", "apart", "--notes", "notes.txt", "--ending", "lost")).With(0);

        Assert.Contains("attempt 2 was lost, next in", run.Out, StringComparison.Ordinal);
        Assert.Contains("attempt 3 failed, next in", run.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await _program.RunAsync("dump", "--task", "apart[1]", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetProperty("Attempt").GetInt32());
    }

    [Fact]
    public async Task Apart_FailingOnce_IsTriedAgainInAnotherProcess()
    {
        (await _program.RunAsync("run", "apart", "--notes", "notes.txt", "--ending", "once")).With(0);

        Assert.Equal(2, (await _program.RunAsync("dump", "--task", "apart[1]", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetProperty("Attempt").GetInt32());
    }

    [Fact]
    public async Task Apart_ThatDoesNotStopInTime_IsKilledWithItsChildren()
    {
        var run = (await _program.RunAsync("run", "apart", "--notes", "notes.txt", "--ending", "hang", "--with", "apart:retry=0,timeout=1s")).With(1);

        Assert.Contains("took longer than", run.Error, StringComparison.Ordinal);
        var (child, process) = Ids(Child().Match(run.Out));
        Assert.False(IsAlive(process), "the worker lives");
        await GoneAsync(child);
    }

    [Fact]
    public async Task Apart_WhenTheRunIsStopped_IsToldToStop()
    {
        using var running = _program.Start("run", "apart", "--notes", "notes.txt", "--ending", "wait", "--with", "apart:timeout=none");
        await running.SeesAsync("waiting in ");
        running.Signal(FlowProgram.Started.Interrupt);
        var run = (await running.EndAsync()).With(130);

        Assert.False(IsAlive(int.Parse(Waiting().Match(run.Out).Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Apart_WhenTheDriverIsKilled_Ends()
    {
        using var running = _program.Start("run", "apart", "--notes", "notes.txt", "--ending", "wait", "--with", "apart:timeout=none");
        await running.SeesAsync("waiting in ");
        running.Signal(FlowProgram.Started.Kill);
        var run = await running.EndAsync();

        await GoneAsync(int.Parse(Waiting().Match(run.Out).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Run_WithAPolicyThatIsNone_SaysWhatWasMeant() =>
        Assert.Equal("error FG1020: Option --with: 'apart:retyr=3' names policy 'retyr', which does not exist; did you mean 'retry'?\n",
            (await _program.RunAsync("run", "apart", "--notes", "notes.txt", "--with", "apart:retyr=3")).With(2).Error);

    private static (int Child, int Process) Ids(Match match) =>
        (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    /// <summary>Waits for a process that is nobody's child here.</summary>
    private static async Task GoneAsync(int id)
    {
        using var process = Find(id);
        if (process is not null) await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static bool IsAlive(int id)
    {
        using var process = Find(id);
        return process is { HasExited: false };
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"child (\d+) of (\d+)")]
    private static partial Regex Child();

    [GeneratedRegex(@"waiting in (\d+)")]
    private static partial Regex Waiting();
}
