using System.Collections.Immutable;
using System.Runtime.Versioning;
using Engines.Tests.Schedules;
using FlowGen;
using FlowGen.Engines;
using FlowGen.Slurm;
using FlowGen.Slurm.Schedules;
using Microsoft.Extensions.Time.Testing;

namespace Engines.Tests.Slurm;

[UnsupportedOSPlatform("windows")]
public sealed class SlurmSchedulesTests : IDisposable
{
    private const string Mine = "# mine\n#SCRON --time=1\n0 0 1 1 * /bin/true\n";

    private readonly FakeScrontab _scrontab = new();

    public void Dispose() => _scrontab.Dispose();

    private string Shared => Path.Combine(_scrontab.Folder, "it's shared");

    private SlurmSchedules Open(params (string Name, string Value)[] settings) => Open(_scrontab.Command, settings);

    private SlurmSchedules Open(string command, params (string Name, string Value)[] settings)
    {
        Assert.All(settings, setting => Assert.Null(new SlurmEngine().Settings.Single(known => known.Name == setting.Name).WhyNot?.Invoke(setting.Value)));
        var values = settings.Append((Name: "folder", Value: Shared)).ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        return new SlurmSchedules(SlurmSettings.Read(new EngineSettings("slurm", values, "/shared/churn")), new SlurmCommands(TimeProvider.System), new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, default)), command);
    }

    private static async Task<string> InstallAsync(SlurmSchedules schedules, params ScheduledStart[] starts) =>
        string.Join(", ", (await schedules.InstallAsync("churn", starts, CancellationToken.None)).Select(change => $"{change.Name} {change.Fate}{(change.IsSuspended ? " rests" : "")}"));

    [Fact]
    public async Task Install_Twice_ChangesNothingTheSecondTime()
    {
        _scrontab.Tab = Mine;

        Assert.Equal("churn-1 Installed, churn-2 Installed", await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *"), Starts.Of("churn", 2, "@weekly")));
        var (tab, script) = (_scrontab.Tab, File.ReadAllText(Path.Combine(Shared, "schedules", "churn-1.sh")));
        Assert.Equal("churn-1 Unchanged, churn-2 Unchanged", await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *"), Starts.Of("churn", 2, "@weekly")));

        Assert.Equal(1, _scrontab.Writes);
        Assert.StartsWith(Mine + "# BEGIN FlowGen churn", tab, StringComparison.Ordinal);
        Assert.Contains($"\n#SCRON \"--output={Shared}/schedules/churn-2.log\"\n", tab, StringComparison.Ordinal);
        Assert.Contains($"\n0 0 * * 0 '{Shared.Replace("'", "'\\''", StringComparison.Ordinal)}/schedules/churn-2.sh'\n", tab, StringComparison.Ordinal);
        Assert.Contains("\nset -- 'submit' 'churn' '--scheduled' '1'\n", script, StringComparison.Ordinal);
        Assert.Contains("\nexport FLOWGEN_USER='ann'\n", script, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Shared, "schedules", "churn-1.sh")));
    }

    [Fact]
    public async Task Install_OtherArgumentsAndFewerSchedules_UpdatesAndRemoves()
    {
        await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *"), Starts.Of("churn", 2, "@weekly"));

        var changes = await Open(("partition", "long"), ("lines", "#SBATCH --mail-type=FAIL --licenses=\"a b\"\nmodule load cuda")).InstallAsync("churn", [Starts.Of("churn", 1, "0 4 * * *", "UTC", "--test-share=it's 0.3")], CancellationToken.None);

        Assert.Equal([("churn-1", ScheduleFate.Updated), ("churn-2", ScheduleFate.Removed)], changes.Select(change => (change.Name, change.Fate)));
        Assert.Equal(
            ["- # churn-1: flow churn, 0 3 * * * (UTC), by ann", "- set -- 'submit' 'churn' '--scheduled' '1'", "+ # churn-1: flow churn, 0 4 * * * (UTC), by ann", "+ #SCRON --partition=long", "+ #SCRON --mail-type=FAIL", "+ #SCRON \"--licenses=a b\"", "+ module load cuda", "+ set -- 'submit' 'churn' '--scheduled' '1' '--test-share=it'\\''s 0.3'"],
            changes[0].Details.Where(line => !line.Contains("schedules/churn-1.sh", StringComparison.Ordinal)));
        Assert.Equal([Path.Combine(Shared, "schedules", "churn-1.sh")], Directory.GetFiles(Path.Combine(Shared, "schedules")));
        Assert.DoesNotContain("churn-2", _scrontab.Tab, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_Schedule_StaysSoWhenDeployedAgain()
    {
        _scrontab.Tab = Mine;
        await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *"), Starts.Of("churn", 2, "@weekly"));

        await Open().SuspendAsync(["churn-2"], isSuspended: true, CancellationToken.None);
        Assert.Equal("churn-1 Updated, churn-2 Updated rests", await InstallAsync(Open(("qos", "low")), Starts.Of("churn", 1, "0 3 * * *"), Starts.Of("churn", 2, "@weekly")));

        Assert.Equal([("churn-1", false), ("churn-2", true)], (await Open().ListAsync(CancellationToken.None)).Select(schedule => (schedule.Name, schedule.IsSuspended)));
        // Options of a line that is not there would be those of the next line, which is the user's.
        Assert.Equal(5, _scrontab.Tab!.Split('\n').Count(line => line.StartsWith("#SCRON", StringComparison.Ordinal) && line != "#SCRON --time=1"));
        await Open().SuspendAsync(["churn-2"], isSuspended: false, CancellationToken.None);
        Assert.DoesNotContain("DISABLED", _scrontab.Tab, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_All_LeavesWhatWasThereBefore()
    {
        _scrontab.Tab = Mine;
        await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *"));
        await Open().DeleteAsync(["churn-1"], CancellationToken.None);
        Assert.Equal(Mine, _scrontab.Tab);
        Assert.Empty(Directory.GetFiles(Path.Combine(Shared, "schedules")));

        _scrontab.Tab = "";
        await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *"));
        await Open().DeleteAsync(["churn-1"], CancellationToken.None);
        Assert.Null(_scrontab.Tab);
        Assert.Empty(await Open().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Install_SlurmRefuses_SaysWhatItSays()
    {
        var error = await Assert.ThrowsAsync<FlowException>(async () => await InstallAsync(Open(("qos", "BROKEN")), Starts.Of("churn", 1, "0 3 * * *")));
        Assert.Equal((SlurmErrors.Refused, 1), (error.Code, error.ExitCode));
        Assert.Contains("bad step value; There are errors in your crontab", error.Message, StringComparison.Ordinal);
        Assert.Null(_scrontab.Tab);
    }

    [Fact]
    public async Task List_NoScrontab_SaysWhatToDo()
    {
        _scrontab.Disable();
        var disabled = await Assert.ThrowsAsync<FlowException>(async () => await Open().ListAsync(CancellationToken.None));
        var missing = await Assert.ThrowsAsync<FlowException>(async () => await Open("/nowhere/scrontab").ListAsync(CancellationToken.None));
        Assert.Equal((SlurmErrors.NoScrontab, SlurmErrors.NoScrontab), (disabled.Code, missing.Code));
        Assert.Contains("ScronParameters=enable", disabled.Message, StringComparison.Ordinal);
        Assert.Contains("Debian's packages leave it out", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_SecretWithoutFile_IsAnErrorBeforeAnythingIsWritten()
    {
        var error = await Assert.ThrowsAsync<FlowException>(async () => await InstallAsync(Open(), Starts.Of("churn", 1, "0 3 * * *") with { RequiredSecrets = ["FLOWGEN_PARAM_API_KEY"] }));
        Assert.Equal(SlurmErrors.BadSetting, error.Code);
        Assert.Contains("--api-key-file FILE", error.Message, StringComparison.Ordinal);
        Assert.Null(_scrontab.Tab);
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin", "0 3 * * *", "0 3 * * *")]
    [InlineData("Europe/Berlin", "Europe/Paris", "0 3 1 * *", "0 3 1 * *")]
    [InlineData("Europe/Berlin", "Europe/London", "30 0 * * MON", "30 23 * * 0")]
    [InlineData("Asia/Kolkata", "UTC", "0 3 * * *", "30 21 * * *")]
    [InlineData("UTC", "Asia/Tokyo", "0 20 * * 5", "0 5 * * 6")]
    public async Task Install_ZoneWhoseClocksGoAlike_IsConverted(string declared, string cluster, string cron, string line)
    {
        await InstallAsync(Open(("time-zone", cluster)), Starts.Of("churn", 1, cron, declared));
        Assert.Contains($"\n{line} '", _scrontab.Tab, StringComparison.Ordinal);
        Assert.Contains($"# churn-1: flow churn, {cron} ({declared}), by ann\n", _scrontab.Tab, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Berlin", "UTC", "0 3 * * *", "clocks are not changed alike there")]
    [InlineData("Europe/Berlin", "America/New_York", "0 3 * * *", "clocks are not changed alike there")]
    [InlineData("America/Chicago", "America/New_York", "0 3 * * *", "clocks are not changed alike there")]
    [InlineData("Asia/Tokyo", "UTC", "0 3 1 * *", "540 minutes earlier by its clock, its days are others")]
    public async Task Install_ZoneThatNoLineSays_IsAnError(string declared, string cluster, string cron, string why)
    {
        var error = await Assert.ThrowsAsync<FlowException>(async () => await InstallAsync(Open(("time-zone", cluster)), Starts.Of("churn", 1, cron, declared)));
        Assert.Equal((SlurmErrors.OtherClock, 2), (error.Code, error.ExitCode));
        Assert.Contains($"counts in the time zone of the cluster, {cluster}: {why}", error.Message, StringComparison.Ordinal);
        Assert.Null(_scrontab.Tab);
    }
}
