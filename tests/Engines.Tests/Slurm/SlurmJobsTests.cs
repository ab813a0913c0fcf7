using FlowGen;
using FlowGen.Engines;
using FlowGen.Slurm;

namespace Engines.Tests.Slurm;

/// <summary>The engine against a real cluster.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[Collection(SlurmCluster.Machines)]
public sealed class SlurmJobsTests : IAsyncDisposable
{
    private readonly SlurmCluster _cluster = new();

    private IJobEngine Engine => _cluster.Engine;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private JobRequest Shell(string name, string script, bool isDriver = false) => Job.Shell(_cluster.Run, name, script, isDriver);

    private string FileOf(string name) => Path.Combine(_cluster.Folder, name);

    [Fact]
    public async Task Start_Jobs_ReportHowTheyEnd()
    {
        var (good, bad, killed) = (Shell("good", "echo fine"), Shell("bad", "echo broken >&2; exit 3"), Shell("killed", "kill -SEGV $$"));

        await Engine.StartAsync(good, bad, killed);

        var report = await Engine.EndAsync(good);
        Assert.Equal((JobPhase.Succeeded, JobEnd.Other, 0), (report.Phase, report.End, report.ExitCode));
        Assert.Matches("^n[1-4]$", report.Place);
        Assert.Matches("^[0-9]+$", report.EngineId);
        report = await Engine.EndAsync(bad);
        Assert.Equal((JobPhase.Failed, JobEnd.Other, 3, $"exit code 3 on {report.Place}"), (report.Phase, report.End, report.ExitCode, report.Reason));
        report = await Engine.EndAsync(killed);
        Assert.Equal((JobPhase.Failed, 139, $"ended by signal 11 on {report.Place}"), (report.Phase, report.ExitCode, report.Reason));
        Assert.Equal("fine\n", await Engine.ReadConsoleAsync(_cluster.Run, good.Name, CancellationToken.None));
        Assert.Equal("broken\n", await Engine.ReadConsoleAsync(_cluster.Run, bad.Name, CancellationToken.None));
        Assert.Null(await Engine.ReadConsoleAsync(_cluster.Run, "nobody", CancellationToken.None));
    }

    [Fact]
    public async Task Start_HostileText_ReachesTheProgramAsItIs()
    {
        string[] words = ["$(touch " + FileOf("hacked") + ")", "a'b\"c", "`id`", "two\nlines", "; exit 7", "%j %a \\", "", "æ–", "--array=1-5"];
        var job = Shell("quoting", "for word; do printf '[%s]' \"$word\"; done; printf '{%s}' \"$VALUE\"") is var shell
            ? shell with { Arguments = [.. shell.Arguments, "sh", .. words], Environment = [KeyValuePair.Create("VALUE", "x'; exit 8; $HOME,\n%a")] } : throw new InvalidOperationException();

        await Engine.StartAsync(job);

        Assert.Equal(JobPhase.Succeeded, (await Engine.EndAsync(job)).Phase);
        Assert.Equal(string.Concat(words.Select(word => $"[{word}]")) + "{x'; exit 8; $HOME,\n%a}", await Engine.ReadConsoleAsync(_cluster.Run, job.Name, CancellationToken.None));
        Assert.False(File.Exists(FileOf("hacked")));
    }

    [Fact]
    public async Task Start_KnownName_LeavesTheJobAlone()
    {
        var job = Shell("once", "echo start");
        await Engine.StartAsync(job);
        var first = await Engine.EndAsync(job);

        await Engine.StartAsync(job, Shell("other", "true"));

        await Engine.EndAsync(Shell("other", ""));
        Assert.Equal(first, await Engine.ReportAsync(job));
        Assert.Equal("start\n", await Engine.ReadConsoleAsync(_cluster.Run, job.Name, CancellationToken.None));
    }

    [Fact]
    public async Task Start_JobsThatDifferByANumber_AreOneArray()
    {
        var jobs = Enumerable.Range(8, 5).Where(n => n != 10).Select(n => Shell($"s{n}-a1", $"echo task {n}")).ToArray();

        await Engine.StartAsync(jobs);

        var ids = new HashSet<string>();
        foreach (var job in jobs)
        {
            var report = await Engine.EndAsync(job);
            Assert.Equal(JobPhase.Succeeded, report.Phase);
            ids.Add(report.EngineId![..report.EngineId!.IndexOf('_', StringComparison.Ordinal)]);
            Assert.Equal(job.Arguments[1]["echo ".Length..] + "\n", await Engine.ReadConsoleAsync(_cluster.Run, job.Name, CancellationToken.None));
        }
        Assert.Single(ids);
        Assert.Equal(4, (await Engine.ListAsync(_cluster.Run, CancellationToken.None)).Count);
        Assert.Empty(await Engine.ListAsync(Job.NewRun(), CancellationToken.None));
    }

    [Fact]
    public async Task Start_Secrets_ReachTheJobUnseen()
    {
        Environment.SetEnvironmentVariable("FLOWGEN_TEST_PASSWORD", "it's $hush!");
        var engine = _cluster.Open(new() { ["lines"] = "#SBATCH --hold" });
        var jobs = Enumerable.Range(1, 2).Select(n => Shell($"secret{n}", "printf %s \"$FLOWGEN_TEST_PASSWORD\" | wc -c; [ -z \"$FLOWGEN_TEST_OTHER\" ]") with { Secrets = ["FLOWGEN_TEST_PASSWORD", "FLOWGEN_TEST_UNSET"] }).ToArray();
        Environment.SetEnvironmentVariable("FLOWGEN_TEST_OTHER", "not for jobs");

        await engine.StartAsync(jobs);

        var id = (await engine.ReportAsync(jobs[0]))!.EngineId!;
        var file = Assert.Single(Directory.GetFiles(_cluster.Folder, $".{jobs[0].Name}.env", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = default }));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        foreach (var shown in new[] { await SlurmCluster.AskAsync("scontrol", "show", "job", id), await SlurmCluster.AskAsync("scontrol", "write", "batch_script", id, "-") })
            Assert.DoesNotContain("hush", shown, StringComparison.Ordinal);

        await SlurmCluster.AskAsync("scontrol", "release", id[..id.IndexOf('_', StringComparison.Ordinal)]);
        foreach (var job in jobs) Assert.Equal(JobPhase.Succeeded, (await engine.EndAsync(job)).Phase);
        Assert.Equal("11\n", await engine.ReadConsoleAsync(_cluster.Run, jobs[0].Name, CancellationToken.None));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Stop_RunningAndWaitingJobs_EndsThemOnly()
    {
        var (running, other) = (Shell("running", "exec sleep 100"), Shell("other", "exec sleep 100"));
        var waiting = Shell("waiting", "true");
        await Engine.StartAsync(running, other);
        await _cluster.Open(new() { ["lines"] = "#SBATCH --hold" }).StartAsync(waiting);
        await Engine.RunningAsync(running);
        await Engine.RunningAsync(other);
        Assert.Equal("it is held (JobHeldUser)", (await Engine.WhenAsync(waiting, static report => report.Phase == JobPhase.Waiting && report.Reason is not null)).Reason);

        await Engine.StopAsync(_cluster.Run, [running.Name, waiting.Name, "nobody"], CancellationToken.None);

        var report = await Engine.EndAsync(running);
        Assert.Equal((JobPhase.Lost, JobEnd.Cancelled, $"it was cancelled on {report.Place} (CANCELLED)"), (report.Phase, report.End, report.Reason));
        Assert.Equal((JobPhase.Lost, JobEnd.Cancelled), (await Engine.EndAsync(waiting)) is var end ? (end.Phase, end.End) : default);
        Assert.Equal(JobPhase.Running, (await Engine.ReportAsync(other))!.Phase);
    }

    [Fact]
    public async Task List_LostMachine_SaysSo()
    {
        var engine = _cluster.Open(new() { ["lines"] = "#SBATCH --nodelist=n4" });
        var job = Shell("node", "exec sleep 100");
        await engine.StartAsync(job);
        await engine.RunningAsync(job);

        await SlurmCluster.AskAsync("scontrol", "update", "nodename=n4", "state=down", "reason=test");
        try
        {
            var report = await engine.EndAsync(job);
            Assert.Equal((JobPhase.Lost, JobEnd.NodeLost, "its machine n4 failed (NODE_FAIL)"), (report.Phase, report.End, report.Reason));
        }
        finally
        {
            await SlurmCluster.ResumeAsync("n4");
        }
    }

    [Fact]
    public async Task List_MoreMemoryThanAskedFor_SaysSo()
    {
        var job = Job.Shell(_cluster.Run, "memory", "head -c 200000000 /dev/zero | tail -c 200000000 | sleep 100", resources: new() { Memory = 20 << 20 });

        await Engine.StartAsync(job);

        var report = await Engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.OutOfMemory), (report.Phase, report.End));
        Assert.StartsWith("out of memory on n", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_JobThatMakesRoomForOthers_SaysSo()
    {
        var spare = _cluster.Open(new() { ["partition"] = "spare", ["lines"] = "#SBATCH --nodelist=n3 --exclusive" });
        var main = _cluster.Open(new() { ["partition"] = "main", ["lines"] = "#SBATCH --nodelist=n3 --exclusive" });
        var (less, more) = (Shell("less", "exec sleep 100"), Shell("more", "true"));
        await spare.StartAsync(less);
        await spare.RunningAsync(less);

        await main.StartAsync(more);

        var report = await spare.EndAsync(less);
        Assert.Equal((JobPhase.Lost, JobEnd.Preempted, "it had to make room for others on n3 (PREEMPTED)"), (report.Phase, report.End, report.Reason));
        Assert.Equal(JobPhase.Succeeded, (await main.EndAsync(more)).Phase);
    }

    [Fact]
    public async Task Start_WhatNoMachineHas_IsRefused()
    {
        var e = await Assert.ThrowsAsync<FlowException>(async () => await Engine.StartAsync(Job.Shell(_cluster.Run, "big", "true", resources: new() { Memory = 1L << 40 })));

        Assert.Equal(FlowGen.Slurm.SlurmErrors.Refused, e.Code);
        Assert.Contains("Requested node configuration is not available", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<FlowException>(async () => await _cluster.Open(new() { ["partition"] = "nowhere" }).StartAsync(Shell("nowhere", "true")));
        Assert.Contains("invalid partition specified: nowhere", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramThatMachinesDoNotSee_SaysSo()
    {
        var engine = _cluster.Open([], "/nowhere/worker");
        var job = Shell("missing", "true");

        await engine.StartAsync(job);

        var report = await engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.CannotStart), (report.Phase, report.End));
        Assert.Contains("it must be in a folder that all machines see", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NoController_IsUnavailable()
    {
        var configuration = FileOf("slurm.conf");
        var text = await File.ReadAllTextAsync(Environment.GetEnvironmentVariable("SLURM_CONF")!, CancellationToken.None);
        await File.WriteAllTextAsync(configuration, System.Text.RegularExpressions.Regex.Replace(text, "SlurmctldPort=.*", "SlurmctldPort=9\nMessageTimeout=2"), CancellationToken.None);

        var e = await Assert.ThrowsAsync<EngineUnavailableException>(async () => await new SlurmCommands(TimeProvider.System, configuration).RunAsync("squeue", QueueEntry.Command, null, CancellationToken.None));

        Assert.Contains("Unable to contact slurm controller", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DriverThatDies_IsStartedAgainUntilItEnds()
    {
        var starts = FileOf("starts");
        var job = Shell("driver", $"echo x >> {starts}; [ $(wc -l < {starts}) = 3 ] && exit 0; kill -9 $$", isDriver: true);

        await Engine.StartAsync(job);

        Assert.Equal(JobPhase.Succeeded, (await Engine.EndAsync(job)).Phase);
        Assert.Equal("x\nx\nx\n", await File.ReadAllTextAsync(starts, CancellationToken.None));
        Assert.Contains("The driver ended with exit code 137 and is started again.", await Engine.ReadConsoleAsync(_cluster.Run, job.Name, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DriverWhoseTimeIsNearlyUp_HandsOverToItselfQueuedAgain()
    {
        var log = FileOf("log");
        var job = Shell("driver", $"trap 'echo term >> {log}; exit 75' TERM; echo start >> {log}; [ $(grep -c start {log}) = 2 ] && exit 1; while :; do sleep 0.1; done", isDriver: true);
        await Engine.StartAsync(job);
        await Job.WhenWrittenAsync(log, static text => text == "start\n");
        var id = (await Engine.ReportAsync(job))!.EngineId!;

        await SlurmCluster.AskAsync("scancel", "--batch", "--signal=USR1", id);

        var report = await Engine.EndAsync(job);
        Assert.Equal((JobPhase.Failed, 1, id), (report.Phase, report.ExitCode, report.EngineId));
        Assert.Equal("start\nterm\nstart\n", await File.ReadAllTextAsync(log, CancellationToken.None));
    }

    [Fact]
    public async Task Stop_Driver_TellsItOnceAndIsTheEnd()
    {
        var log = FileOf("log");
        var job = Shell("driver", $"trap 'echo term >> {log}; exit 75' TERM; echo start >> {log}; while :; do sleep 0.1; done", isDriver: true);
        await Engine.StartAsync(job);
        await Job.WhenWrittenAsync(log, static text => text == "start\n");

        await Engine.StopAsync(job);

        var report = await Engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.Cancelled), (report.Phase, report.End));
        Assert.Equal("start\nterm\n", await File.ReadAllTextAsync(log, CancellationToken.None));
    }
}
