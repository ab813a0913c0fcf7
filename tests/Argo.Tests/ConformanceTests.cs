using Argo.Tests.Workflows;

namespace Argo.Tests;

/// <summary>What the manifests say is done, by the flow's own program: results must be those of the same flow in one process.</summary>
public sealed class ConformanceTests : IDisposable
{
    private readonly FlowFolder _flows = new();

    public void Dispose() => _flows.Dispose();

    [Theory]
    [InlineData(0, "squares", "--count", "7")]
    [InlineData(0, "release", "--broken", "b")]
    [InlineData(0, "release", "--goal", "0.4", "--public")]
    [InlineData(0, "orders", "--broken", "d")]
    [InlineData(0, "fragile", "--failures", "2")]
    [InlineData(1, "fragile", "--failures", "3")]
    [InlineData(0, "lines", "--text", "poem.txt")]
    [InlineData(0, "corners")]
    public async Task Flow_OfEachShape_EndsAsInOneProcess(int exitCode, params string[] flow)
    {
        var poem = Path.Combine(_flows.Folder, "poem.txt");
        await File.WriteAllTextAsync(poem, "one\ntwo\nthree\n");
        flow = [.. flow.Select(word => word == "poem.txt" ? poem : word)];
        var (code, output, error) = await _flows.RunAsync(["run", .. flow, "--quiet"]);
        Assert.True(code == exitCode, error);
        var here = output.Trim();

        var workflow = await _flows.WorkflowAsync(flow[0], flow[1..]);
        var phase = await workflow.RunAsync();

        var there = workflow.Run;
        Assert.NotEqual(here, there);
        Assert.True(phase == (exitCode == 0 ? Phase.Succeeded : Phase.Failed), string.Join("\n", workflow.Pods.Select(pod => $"{pod.Template} {pod.ExitCode}: {pod.Console}")));
        Assert.Equal(exitCode == 0 ? "succeeded" : "failed", await _flows.StatusAsync(there));
        Assert.Equal(await _flows.TasksAsync(here), await _flows.TasksAsync(there));
        Assert.Equal(await _flows.HashesAsync(here), await _flows.HashesAsync(there));
    }

    [Fact]
    public async Task Arguments_OfTheWorkflow_AreParametersOfTheRun()
    {
        var workflow = await _flows.WorkflowAsync("nightly", ["--level", "Low", "--set", "secrets=FLOWGEN_PARAM_PASSWORD=vault/archive"], ("days", "mon,friday,so"), ("title", "a \"b\" $HOME"));
        workflow.Secrets["vault/archive"] = "open sesame";

        Assert.Equal(Phase.Succeeded, await workflow.RunAsync());

        var run = workflow.Run;
        // 3 + 6 + 2 shards, numbered from 1, by seed; and for each the lengths of the variable and the secret.
        Assert.Equal($"a \"b\" $HOME Low {3 * (6 + 21 + 3) + 11 * ("salt & $HOME".Length + "open sesame".Length)}", await _flows.ValueAsync(run, "report"));
        Assert.Equal(2, workflow.MostRunning("fit-run"));
        Assert.Contains("salt & $HOME", await _flows.OutAsync("logs", run), StringComparison.Ordinal);
        Assert.DoesNotContain("open sesame", await _flows.OutAsync("logs", run), StringComparison.Ordinal);
        Assert.Contains(workflow.Created.ToOffset(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").GetUtcOffset(workflow.Created)).ToString("yyyy-MM-dd"), (await _flows.JsonAsync("status", run)).GetProperty("parameters").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wide_TwoThousandShortTasks_ShareFewPods()
    {
        var workflow = await _flows.WorkflowAsync("squares", ["--set", "max-jobs=3"], ("count", "2000"));

        Assert.Equal(Phase.Succeeded, await workflow.RunAsync());

        Assert.Equal($"{Enumerable.Range(0, 2000).Sum(i => (double)i * i)}", await _flows.ValueAsync(workflow.Run, "sum"));
        Assert.Equal(3, workflow.Pods.Count(pod => pod.Template == "square-run"));
    }

    [Fact]
    public async Task Pod_KilledWhileItsTasksRun_IsStartedAgainAndGoesOn()
    {
        var gate = Path.Combine(_flows.Folder, "gate");
        var workflow = await _flows.WorkflowAsync("corners", ["--set", "max-jobs=1"], ("gate", gate));
        workflow.OnPod = async pod =>
        {
            if (pod.Template != "work-run" || pod.Retry > 0) return;
            // Two tasks are done and told, the third runs.
            await WhenAsync(() => File.Exists(gate + ".3") && pod.Process is not null);
            await WhenAsync(() => Directory.Exists(_flows.Store) && Directory.GetFiles(_flows.Store, "*", SearchOption.AllDirectories).Any(file => file.Contains("proposals", StringComparison.Ordinal)));
            await File.WriteAllTextAsync(gate, "");
            pod.Process!.Kill();
        };

        Assert.Equal(Phase.Succeeded, await workflow.RunAsync());

        var run = workflow.Run;
        Assert.Equal(2, workflow.Pods.Count(pod => pod.Template == "work-run"));
        Assert.Equal("10 apart 20", await _flows.ValueAsync(run, "sum"));
    }

    [Fact]
    public async Task Task_ThatEndsItsPodEachTime_FailsAndTheOthersDoNot()
    {
        var told = Path.Combine(_flows.Folder, "told");
        var workflow = await _flows.WorkflowAsync("corners", ["--set", "max-jobs=1"], ("crash", "true"), ("told", told));

        Assert.Equal(Phase.Succeeded, await workflow.RunAsync());

        var run = workflow.Run;
        Assert.Equal("7 apart 20", await _flows.ValueAsync(run, "sum"));
        Assert.Contains("work[2] failed 1", await _flows.TasksAsync(run));
        // Once and three times again, and another one if the last task of the slice is one that they never came to.
        Assert.InRange(workflow.Pods.Count(pod => pod.Template == "work-run"), 4, 5);
        Assert.Contains("each time it was started", await _flows.OutAsync("explain", run + "/work[2]"), StringComparison.Ordinal);
        Assert.Equal("Succeeded", await File.ReadAllTextAsync(told));
    }

    [Fact]
    public async Task Plan_KilledAndStartedAgain_GoesOn()
    {
        var killed = new HashSet<string>();
        var workflow = await _flows.WorkflowAsync("squares", [], ("count", "4"));
        workflow.OnPod = async pod =>
        {
            var what = string.Join(' ', pod.Arguments.Take(5));
            if (pod.Retry > 0 || !pod.Arguments.Contains("argo")) return;
            lock (killed) if (!killed.Add(what)) return;
            // As soon as it has taken the run over, or a moment later: each is another point.
            await WhenAsync(() => pod.Process is not null);
            var slots = Slots();
            await WhenAsync(() => Slots() > slots || pod.Process!.HasExited);
            pod.Process!.Kill();
        };

        Assert.Equal(Phase.Succeeded, await workflow.RunAsync());

        Assert.Equal("14", await _flows.ValueAsync(workflow.Run, "sum"));
        Assert.Contains(workflow.Pods, pod => pod.Retry > 0);
        Assert.Single((await _flows.JsonAsync("runs", "squares")).EnumerateArray());

        int Slots() => Directory.Exists(_flows.Store) ? Directory.GetFiles(_flows.Store, "*", SearchOption.AllDirectories).Count(file => file.Contains("/log/", StringComparison.Ordinal)) : 0;
    }

    [Fact]
    public async Task Workflow_StoppedInTheMiddle_ClosesTheRunWhichCanBeResumed()
    {
        var gate = Path.Combine(_flows.Folder, "gate");
        var workflow = await _flows.WorkflowAsync("squares", [], ("gate", gate));
        workflow.OnPod = async pod =>
        {
            if (pod.Template != "square-run") return;
            await WhenAsync(() => File.Exists(gate + ".3"));
            Assert.Equal("running", await _flows.StatusAsync(workflow.Run));
            workflow.Stop();
        };

        Assert.Equal(Phase.Failed, await workflow.RunAsync());

        var run = workflow.Run;
        Assert.Equal("cancelled", await _flows.StatusAsync(run));
        await File.WriteAllTextAsync(gate, "");
        Assert.Equal("30", await _flows.ValueAsync((await _flows.OutAsync("resume", run, "--quiet")).Trim(), "sum"));
    }

    [Fact]
    public async Task Cancel_WhileNoPlanRuns_EndsTheWorkflowAtTheNext()
    {
        var gate = Path.Combine(_flows.Folder, "gate");
        var workflow = await _flows.WorkflowAsync("squares", [], ("gate", gate));
        var isCancelled = 0;
        workflow.OnPod = async pod =>
        {
            if (pod.Template != "square-run" || Interlocked.Exchange(ref isCancelled, 1) == 1) return;
            await WhenAsync(() => File.Exists(gate + ".3"));
            await _flows.OutAsync("cancel", workflow.Run);
            await File.WriteAllTextAsync(gate, "");
        };

        Assert.Equal(Phase.Failed, await workflow.RunAsync());

        Assert.Equal("cancelled", await _flows.StatusAsync(workflow.Run));
        Assert.DoesNotContain(workflow.Pods, pod => pod.Template == "sum-run");
    }

    [Fact]
    public async Task Backoff_OfMoreThanAMoment_SuspendsTheWorkflowAndNoPod()
    {
        var workflow = await _flows.WorkflowAsync("fragile", ["--with", "shaky:backoff=1h"], ("failures", "1"));
        var pauses = new List<int>();
        workflow.OnPause = seconds =>
        {
            pauses.Add(seconds);
            workflow.Stop();
        };

        Assert.Equal(Phase.Failed, await workflow.RunAsync());

        Assert.InRange(Assert.Single(pauses), 600, 2 * 3600);
        Assert.Contains("shaky pending 1", await _flows.TasksAsync(workflow.Run));
    }

    private static async Task WhenAsync(Func<bool> condition)
    {
        for (var limit = DateTime.UtcNow.AddMinutes(2); !condition(); await Task.Delay(20))
            if (DateTime.UtcNow > limit) Assert.Fail("It never came to that.");
    }
}
