using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.Versioning;
using FlowGen.Engines;
using FlowGen.Slurm;

namespace Engines.Tests.Slurm;

/// <summary>The script of a driver, where commands of the machine are those of a test: they write down how they were called, and <c>sleep</c> passes no time.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class JobScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flowgen-script-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Driver_HandsOver_IsQueuedAgain() => Assert.Equal((75, "sleep 1\nscontrol requeue 13\nsleep 60\n"), await RunAsync("exit 75"));

    [Theory]
    [InlineData(75)]
    [InlineData(143)]
    public async Task Driver_ToldToEndBeforeItsShell_IsNotStartedAgain(int code) => Assert.Equal((code, "sleep 1\n"), await RunAsync($"exit {code}", whileItSleeps: "kill -TERM $PPID"));

    [Fact]
    public async Task Driver_ThatDies_IsStartedAgainWithLongerAndLongerPauses() =>
        Assert.Equal((0, "sleep 1\nsleep 2\n"), await RunAsync("echo >> $FOLDER/tries; [ $(wc -l < $FOLDER/tries) -lt 3 ] || exit 0; exit 134"));

    [Fact]
    public async Task Driver_OfARunThatFailed_IsAtItsEnd() => Assert.Equal((1, ""), await RunAsync("exit 1"));

    private async Task<(int ExitCode, string Called)> RunAsync(string driver, string whileItSleeps = ":")
    {
        var called = Path.Combine(_folder, "called");
        await File.WriteAllTextAsync(called, "");
        foreach (var (command, does) in new[] { ("sleep", whileItSleeps), ("scontrol", ":") })
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, command), $"#!/bin/sh\necho {command} \"$@\" >> {called}\n{does}\n");
            File.SetUnixFileMode(Path.Combine(_folder, command), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var job = Job.Shell(Job.NewRun(), "driver", driver, isDriver: true);
        var settings = SlurmSettings.Read(new EngineSettings("slurm", ImmutableSortedDictionary<string, string>.Empty, "/bin/sh"));
        var script = Path.Combine(_folder, "script");
        await File.WriteAllTextAsync(script, JobScript.Of(JobBatch.Of([job], 0).Single(), settings, static _ => null));
        var start = new ProcessStartInfo("/bin/sh", [script]) { Environment = { ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}", ["SLURM_JOB_ID"] = "13", ["FOLDER"] = _folder } };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await File.ReadAllTextAsync(called));
    }
}
