using System.Text.Json.Nodes;
using FlowGen;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using Microsoft.Extensions.Time.Testing;

namespace Engines.Tests.Kubernetes;

/// <summary>The engine against a real cluster.</summary>
[Collection(KubeCluster.Cores)]
public sealed class KubernetesJobsTests(KubeCluster cluster) : IClassFixture<KubeCluster>, IAsyncDisposable
{
    /// <summary>Waits for a long time and ends at once when told to, which the first program of a container does not do by itself.</summary>
    private const string Wait = "trap 'exit 143' TERM; sleep 100 & wait";

    private readonly IJobEngine _engine = cluster.Open();
    private readonly string _run = Job.NewRun();

    private string Jobs => $"apis/batch/v1/namespaces/{cluster.Namespace}/jobs";

    private string Pods => $"api/v1/namespaces/{cluster.Namespace}/pods";

    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync(_run, [.. (await _engine.ListAsync(_run, CancellationToken.None)).Keys], CancellationToken.None);
        await _engine.DisposeAsync();
    }

    private JobRequest Shell(string name, string script, bool isDriver = false) => Job.Shell(_run, name, script, isDriver);

    [Fact]
    public async Task Start_Jobs_ReportHowTheyEnd()
    {
        var (good, bad, killed) = (Shell("good", "echo fine"), Shell("bad", "echo broken >&2; exit 3"), Shell("killed", "exec sh -c 'kill -SEGV $$; sleep 5; exit 139'"));

        await _engine.StartAsync(good, bad, killed);

        var report = await _engine.EndAsync(good);
        Assert.Equal((JobPhase.Succeeded, JobEnd.Other, 0), (report.Phase, report.End, report.ExitCode));
        Assert.NotNull(report.Place);
        Assert.StartsWith(good.Name + "-", report.EngineId, StringComparison.Ordinal);
        report = await _engine.EndAsync(bad);
        Assert.Equal((JobPhase.Failed, JobEnd.Other, 3, $"exit code 3 on {report.Place}"), (report.Phase, report.End, report.ExitCode, report.Reason));
        report = await _engine.EndAsync(killed);
        Assert.Equal((JobPhase.Failed, 139, $"ended by signal 11 on {report.Place}"), (report.Phase, report.ExitCode, report.Reason));
        Assert.Equal("fine\n", await _engine.ReadConsoleAsync(_run, good.Name, CancellationToken.None));
        Assert.Equal("broken\n", await _engine.ReadConsoleAsync(_run, bad.Name, CancellationToken.None));
        Assert.Null(await _engine.ReadConsoleAsync(_run, "nobody", CancellationToken.None));
        Assert.Empty(await _engine.ListAsync(Job.NewRun(), CancellationToken.None));
    }

    [Fact]
    public async Task Start_Job_IsKnownAtOnce()
    {
        await _engine.ListAsync(_run, CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            var job = Shell("known" + i, "true");
            await _engine.StartAsync(job);
            Assert.NotNull(await _engine.ReportAsync(job));
        }
    }

    [Fact]
    public async Task Start_HostileText_ReachesTheProgramAsItIs()
    {
        string[] words = ["$(HOME)", "$$(HOME)", "a'b\"c", "`id`", "two\nlines", "", "æ–", "$(VALUE) ${VALUE}"];
        var job = Shell("quoting", "for word; do printf '[%s]' \"$word\"; done; printf '{%s}' \"$VALUE\"; id -u; touch /x 2> /dev/null && echo writable; touch /tmp/x && echo ok");
        job = job with { Arguments = [.. job.Arguments, "sh", .. words], Environment = [KeyValuePair.Create("VALUE", "$(HOME)'; \n$$(x)")] };

        await _engine.StartAsync(job);

        Assert.Equal(JobPhase.Succeeded, (await _engine.EndAsync(job)).Phase);
        Assert.Equal(string.Concat(words.Select(word => $"[{word}]")) + "{$(HOME)'; \n$$(x)}1654\nok\n", await _engine.ReadConsoleAsync(_run, job.Name, CancellationToken.None));
    }

    [Fact]
    public async Task Start_KnownName_LeavesTheJobAlone()
    {
        var job = Shell("once", "echo start");
        await _engine.StartAsync(job);
        var first = await _engine.EndAsync(job);

        await using var other = cluster.Open();
        await other.StartAsync(job);
        await _engine.StartAsync(job);

        Assert.Equal(first, await other.EndAsync(job));
    }

    [Fact]
    public async Task Start_Secrets_AreReferences()
    {
        Environment.SetEnvironmentVariable("FLOWGEN_TEST_ELSEWHERE", "here");
        await cluster.CreateAsync($"api/v1/namespaces/{cluster.Namespace}/secrets", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "vault" }, ["stringData"] = new JsonObject { ["key"] = "hush!", ["OTHER"] = "more" } });
        await using var engine = cluster.Open(new() { ["secrets"] = "PASSWORD=vault/key", ["env-from"] = "vault" });
        var job = Shell("secret", "printf '%s %s' \"$PASSWORD\" \"$OTHER\" | wc -c") with { Secrets = ["PASSWORD"] };

        await engine.StartAsync(job);

        Assert.Equal(JobPhase.Succeeded, (await engine.EndAsync(job)).Phase);
        Assert.Equal("10\n", await engine.ReadConsoleAsync(_run, job.Name, CancellationToken.None));
        Assert.DoesNotContain("hush", (await cluster.Admin.SendAsync(HttpMethod.Get, $"{Jobs}/{job.Name}", null, CancellationToken.None)).ToString(), StringComparison.Ordinal);
        Assert.Equal(KubeErrors.NoSecret, (await Assert.ThrowsAsync<FlowException>(async () => await _engine.StartAsync(Shell("none", "true") with { Secrets = ["FLOWGEN_TEST_ELSEWHERE"] }))).Code);
    }

    [Fact]
    public async Task Start_SecretThatIsNotThere_SaysSo()
    {
        await using var engine = cluster.Open(new() { ["secrets"] = "PASSWORD=nothing/key" });
        var job = Shell("nosecret", "true") with { Secrets = ["PASSWORD"] };

        await engine.StartAsync(job);

        var report = await engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.CannotStart), (report.Phase, report.End));
        Assert.Equal("something that it needs is not there: secret \"nothing\" not found (CreateContainerConfigError)", report.Reason);
    }

    [Fact]
    public async Task Stop_Jobs_RemovesThemOnly()
    {
        var (running, other) = (Shell("running", Wait), Shell("other", Wait));
        await _engine.StartAsync(running, other);
        await _engine.RunningAsync(running);

        await _engine.StopAsync(_run, [running.Name, "nobody"], CancellationToken.None);

        Assert.Null(await cluster.Admin.SendAsync(HttpMethod.Get, $"{Jobs}/{running.Name}", null, CancellationToken.None));
        await using var fresh = cluster.Open();
        Assert.Equal([other.Name], (await fresh.ListAsync(_run, CancellationToken.None)).Keys);
        await _engine.RunningAsync(other);
    }

    [Fact]
    public async Task List_MoreMemoryThanAskedFor_SaysSo()
    {
        var job = Job.Shell(_run, "memory", "exec tail -c 200000000 /dev/zero", resources: new() { Memory = 32 << 20 });

        await _engine.StartAsync(job);

        var report = await _engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.OutOfMemory, $"out of memory on {report.Place}: it used more than 32Mi (OOMKilled)"), (report.Phase, report.End, report.Reason));
    }

    [Fact]
    public async Task List_TimeLimit_SaysSo()
    {
        var job = Shell("time", Wait) with { TimeLimit = TimeSpan.FromSeconds(2) };

        await _engine.StartAsync(job);

        var report = await _engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.TimeLimit, $"its time limit was up on {report.Place} (DeadlineExceeded)"), (report.Phase, report.End, report.Reason));
    }

    [Fact]
    public async Task List_NoMachineIsBigEnough_SaysSo()
    {
        var job = Job.Shell(_run, "big", "true", resources: new() { Cpu = 1000 });

        await _engine.StartAsync(job);

        Assert.Matches("^no machine takes it: 0/1 nodes are available: 1 Insufficient cpu \\(Unschedulable\\)$", (await _engine.WhenAsync(job, static report => report.Reason is not null)).Reason);
    }

    [Fact]
    public async Task List_ImageThatCannotBeFetched_SaysSo()
    {
        await using var engine = cluster.Open(new() { ["image-pull-policy"] = "Always" }, image: "localhost:1/nothing:1");
        var job = Shell("image", "true");

        await engine.StartAsync(job);

        var waiting = await engine.WhenAsync(job, static report => report.Reason?.Contains("image", StringComparison.Ordinal) == true);
        Assert.Equal(JobPhase.Waiting, waiting.Phase);
        Assert.StartsWith("the image cannot be fetched: ", waiting.Reason, StringComparison.Ordinal);
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(3));
        await using var patient = cluster.Open(time: later);
        Assert.Equal((JobPhase.Lost, JobEnd.CannotStart), await patient.ReportAsync(job) is { } report ? (report.Phase, report.End) : default);
    }

    [Fact]
    public async Task List_ImageThatIsNotThere_CannotStart()
    {
        await using var engine = cluster.Open(image: "localhost/nothing:1");
        var job = Shell("never", "true");

        await engine.StartAsync(job);

        var report = await engine.EndAsync(job);
        Assert.Equal((JobPhase.Lost, JobEnd.CannotStart), (report.Phase, report.End));
        Assert.EndsWith("(ErrImageNeverPull)", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhatMakesNoSense_IsRefused()
    {
        await using var engine = cluster.Open(new() { ["pod"] = "spec: {restartPolicy: Always}" });

        var e = await Assert.ThrowsAsync<FlowException>(async () => await engine.StartAsync(Shell("wrong", "true")));

        Assert.Equal(KubeErrors.Refused, e.Code);
        Assert.Contains("restartPolicy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutTheRole_NamesIt()
    {
        await using var engine = cluster.Open(token: await cluster.TokenAsync("default"));

        var e = await Assert.ThrowsAsync<FlowException>(async () => await engine.StartAsync(Shell("none", "true")));

        Assert.Equal(KubeErrors.Forbidden, e.Code);
        Assert.Contains("submit --print-rbac", e.Message, StringComparison.Ordinal);
        Assert.Equal(KubeErrors.NoCredentials, (await Assert.ThrowsAsync<FlowException>(async () => await cluster.Open(token: "wrong").StartAsync(Shell("none", "true")))).Code);
    }

    [Fact]
    public async Task Start_Driver_IsStartedAgainAndOwnsTheOthers()
    {
        await using var engine = cluster.Open(new() { ["pod"] = cluster.SharedOverlay });
        var driver = Shell("driver", "echo x >> /shared/starts; [ $(wc -l < /shared/starts) = 1 ] && exit 137; " + Wait, isDriver: true);
        await engine.StartAsync(driver);
        await Job.WhenWrittenAsync(Path.Combine(cluster.Folder, "starts"), static text => text == "x\nx\n");
        await engine.RunningAsync(driver);
        var task = Shell("task", Wait);

        await engine.StartAsync(task);

        await engine.RunningAsync(task);
        await engine.StopAsync(driver);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await cluster.Admin.SendAsync(HttpMethod.Get, $"{Jobs}/{task.Name}", null, limit.Token) is not null) await Task.Delay(50, limit.Token);
    }

    [Fact]
    public async Task List_PodThatIsDeleted_IsStartedAgainOrLost()
    {
        await using var engine = cluster.Open(new() { ["pod"] = cluster.SharedOverlay });
        var job = Shell("deleted", "[ -e /shared/deleted ] && exit 0; touch /shared/deleted; " + Wait);
        await engine.StartAsync(job);
        await Job.WhenWrittenAsync(Path.Combine(cluster.Folder, "deleted"), static _ => true);
        var running = await engine.RunningAsync(job);

        await cluster.Admin.SendAsync(HttpMethod.Delete, $"{Pods}/{running.EngineId}", null, CancellationToken.None);

        var report = await engine.EndAsync(job);
        // Clusters from 1.27 on count it as a failure; older ones start the pod once more.
        if (report.Phase == JobPhase.Succeeded) Assert.NotEqual(running.EngineId, report.EngineId);
        else Assert.Equal((JobPhase.Lost, $"its pod was deleted on {report.Place}"), (report.Phase, report.Reason));
    }
}
