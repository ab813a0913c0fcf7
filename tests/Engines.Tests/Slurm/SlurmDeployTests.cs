using System.Runtime.Versioning;
using EndToEnd.Tests;

namespace Engines.Tests.Slurm;

/// <summary><c>deploy</c>, as people call it, and what the clock then starts on a real cluster.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(SlurmCluster.Machines)]
public sealed class SlurmDeployTests : IDisposable
{
    private readonly FlowProgram _program = new() { Deadline = TimeSpan.FromMinutes(3) };
    private readonly FakeScrontab _scrontab = new();

    public SlurmDeployTests() => _program.Variables["PATH"] = _scrontab.SearchPath;

    public void Dispose()
    {
        _scrontab.Dispose();
        _program.Dispose();
    }

    private string[] Engine => ["--engine", "slurm", "--worker", Path.Combine(AppContext.BaseDirectory, "EndToEnd.Flows"), "--set", "time-zone=UTC", "--store", _program.Store];

    [Fact]
    public async Task Deploy_FromListToDelete_SaysWhatIs()
    {
        (await _program.RunAsync(["deploy", "tides", "--harbour", "Husum", "--tag", "by day", "--production", .. Engine])).With(0);
        var again = (await _program.RunAsync(["deploy", "tides", "--harbour", "Husum", "--tag", "by day", "--production", .. Engine])).With(0).Out;
        var other = (await _program.RunAsync(["deploy", "tides", "--harbour", "Büsum", "--production", .. Engine])).With(0).Out;
        var rests = (await _program.RunAsync(["deploy", "--suspend", "tides-production-2", .. Engine])).With(0).Out;
        var list = (await _program.RunAsync(["deploy", "--list", "--json", .. Engine])).With(0).Json;
        var text = (await _program.RunAsync(["deploy", "tides", "--list", .. Engine])).With(0).Out;
        (await _program.RunAsync(["deploy", "tides", "--resume", "--production", .. Engine])).With(0);
        var awake = (await _program.RunAsync(["deploy", "--list", .. Engine])).With(0).Out;
        (await _program.RunAsync(["deploy", "tides", "--delete", "--production", .. Engine])).With(0);

        Assert.Matches(@"\Atides-production-1 \(\* \* \* \* \*, UTC\) is as it was.\n  Next: .*\ntides-production-2 \(30 6 \* \* MON-FRI, UTC\) is as it was.\n  Next: .* 06:30 \+00:00, .* 06:30 \+00:00, .* 06:30 \+00:00\n\z", again);
        Assert.Contains("is updated on slurm.\n  - set -- 'submit' 'tides' '--scheduled' '1'", other, StringComparison.Ordinal);
        Assert.Equal("tides-production-2 rests.\n", rests);
        Assert.Equal([("tides-production-1", false), ("tides-production-2", true)], list.EnumerateArray().Select(item => (item.GetProperty("name").GetString(), item.GetProperty("suspended").GetBoolean())));
        Assert.Equal(("tides", "slurm", "30 6 * * MON-FRI", "UTC", null), (list[1].GetProperty("flow").GetString(), list[1].GetProperty("engine").GetString(), list[1].GetProperty("schedule").GetString(), list[1].GetProperty("timeZone").GetString(), list[1].GetProperty("lastStart").GetString()));
        Assert.Contains("it rests", text, StringComparison.Ordinal);
        Assert.DoesNotContain("it rests", awake, StringComparison.Ordinal);
        Assert.Null(_scrontab.Tab);
        Assert.False(Directory.Exists(Path.Combine(_program.Store, "runs")));
    }

    [Fact]
    public async Task Deploy_DryRun_WritesWhatItWouldAndNothingElse()
    {
        var printed = (await _program.RunAsync(["deploy", "tides", "--harbour", "it's here", "--dry-run", .. Engine])).With(0).Out;

        Assert.Contains("\n30 6 * * 1-5 '", printed, StringComparison.Ordinal);
        Assert.Contains("'--harbour=it'\\''s here'", printed, StringComparison.Ordinal);
        Assert.Equal((null, false), (_scrontab.Tab, Directory.Exists(_program.Store)));
    }

    [Theory]
    [InlineData(2, "FG1004: Parameter harbour (Where) is required; give it as --harbour", "tides")]
    [InlineData(2, "FG1310: Flow 'squares' has no schedule: put [Schedule(\"0 3 * * *\")] on SquaresFlow, or start one run with 'submit'.", "squares")]
    [InlineData(3, "FG1315: No schedule 'tides-3' is deployed on slurm; nothing of this program is.", "--suspend", "tides-3")]
    [InlineData(3, "FG1315: Nothing of flow 'tides' on branch production is deployed on slurm", "tides", "--delete", "--production")]
    [InlineData(2, "FG1007: 'deploy --delete' needs the name of a flow, or of a schedule", "--delete")]
    [InlineData(2, "FG1003: Options --list and --delete exclude each other; give one.", "--delete", "x", "--list")]
    [InlineData(2, "FG1020: Option --with: 'level:retry=many'", "tides", "--harbour", "x", "--with", "level:retry=many")]
    public async Task Deploy_Mistake_SaysWhatToDo(int exitCode, string error, params string[] args)
    {
        Assert.StartsWith("error " + error, (await _program.RunAsync(["deploy", .. args, .. Engine])).With(exitCode).Error, StringComparison.Ordinal);
        Assert.Null(_scrontab.Tab);
    }

    [Fact]
    public async Task Deploy_EngineWithoutClock_SaysWhatToUse()
    {
        var error = (await _program.RunAsync("deploy", "tides", "--harbour", "x")).With(2).Error;
        Assert.StartsWith("error FG1313: The engine local watches no clock, so nothing can be deployed on it. Name a cluster, with --engine slurm, --engine kubernetes or --profile;", error, StringComparison.Ordinal);
        Assert.Matches(@": \* \* \* \* \* .* submit tides\n\z", error);
        Assert.StartsWith("error FG1313: The engine processes watches no clock", (await _program.RunAsync("deploy", "--list", "--engine", "processes")).With(2).Error, StringComparison.Ordinal);
    }

    /// <summary>The script that the clock would start, as a job of the real cluster.</summary>
    [Fact]
    public async Task Script_AsAJobOfTheCluster_StartsARun()
    {
        await using var cluster = new SlurmCluster();
        await _program.RunAsync(["deploy", "tides", "--harbour", "it's here", "--no-overlap", "--tag", "by day", .. Engine]);
        var script = _scrontab.Tab!.Split('\n').First(line => line.EndsWith("-2.sh'", StringComparison.Ordinal)).Split('\'')[1];

        await SlurmCluster.AskAsync("sbatch", "--wait", "--export=NONE", "--output=" + Path.Combine(_program.Directory, "out"), script);
        await SlurmCluster.AskAsync("sbatch", "--wait", "--export=NONE", "--output=" + Path.Combine(_program.Directory, "again"), script);

        // One run for one time, and it is over when the job is: --no-overlap.
        var run = Assert.Single((await _program.RunAsync("runs", "--all-users", "--json")).With(0).Json.EnumerateArray());
        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Contains("by day", run.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Contains(run.GetProperty("tags").EnumerateArray(), tag => tag.GetString()!.StartsWith("schedule:tides-user-", StringComparison.Ordinal) && tag.GetString()!.EndsWith("-2", StringComparison.Ordinal));
        var value = (await _program.RunAsync("dump", "latest", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetString();
        Assert.Matches(@"\Ait's here [0-9-]+ 06:30\z", value);
        Assert.Contains("has ended", await File.ReadAllTextAsync(Path.Combine(_program.Directory, "again")), StringComparison.Ordinal);
    }

    /// <summary>The whole way: the real command, the real clock.</summary>
    [Fact]
    public async Task Clock_NextMinute_StartsARun()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("FLOWGEN_TEST_SCRONTAB")), "No scrontab: build it with build/engines/slurm/scrontab.sh, start Slurm again, and source the file env that it writes.");
        _program.Variables.Remove("PATH");
        await using var cluster = new SlurmCluster();
        var branch = "t" + Guid.NewGuid().ToString("n")[..8];
        (await _program.RunAsync(["deploy", "tides", "--harbour", "Husum", "--branch", branch, .. Engine])).With(0);
        try
        {
            var limit = DateTime.UtcNow.AddMinutes(2);
            while ((await _program.RunAsync("runs", "--all-users", "--json")).With(0).Json is var runs && !runs.EnumerateArray().Any(run => run.GetProperty("status").GetString() == "succeeded"))
            {
                if (DateTime.UtcNow > limit) Assert.Fail($"Nothing was started: {string.Join('\n', Directory.GetFiles(Path.Combine(_program.Store, "jobs", "schedules"), "*.log").Select(File.ReadAllText))}");
                await Task.Delay(500);
            }
        }
        finally
        {
            (await _program.RunAsync(["deploy", "tides", "--delete", "--branch", branch, .. Engine])).With(0);
        }

        var (created, value) = ((await _program.RunAsync("runs", "--all-users", "--json")).With(0).Json[0].GetProperty("created").GetDateTimeOffset(), (await _program.RunAsync("dump", "latest", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetString());
        Assert.Equal($"Husum {created.UtcDateTime:yyyy-MM-dd HH:mm}", value);

    }
}
