using System.Diagnostics;
using EndToEnd.Tests;
using Engines.Tests.Kubernetes;
using Engines.Tests.Slurm;
using FlowGen.Runs;
using FlowGen.Storage;
using Package.Tests.Infrastructure;

namespace Engines.Tests.Conformance;

/// <summary>
/// The sample Bootstrap, sent away by the one command that its documentation gives: the command has long returned when the driver is ended under its run, twice, and the engine starts it again. What
/// comes of the run is what comes of it here.
/// </summary>
public sealed class SubmitFlowTests(KubeCluster cluster) : IClassFixture<KubeCluster>
{
    private const string Submitted = " is submitted to ";

    private static readonly string s_sample = Repository.PathOf("samples/Bootstrap");

    /// <summary>The sample as it was built with this test, for looking at runs.</summary>
    private static readonly string s_program = Path.Combine(s_sample, "bin", Repository.Configuration, "net10.0", "Bootstrap.dll");

    [Fact]
    public async Task Slurm_DriverKilledAndRequeued_EndsAsHere()
    {
        await using var slurm = new SlurmCluster();
        using var program = new FlowProgram { Deadline = TimeSpan.FromMinutes(8) };
        var run = await SubmitAsync(program, "-p:FlowEngine=slurm", "-p:FlowArgs=--set driver-partition=drivers --set partition=workers");

        await WhenDrivenAsync(program, run, times: 1);
        Assert.Equal(1, await Processes.KillAsync("drive", run));
        await WhenDrivenAsync(program, run, times: 2);
        var job = (await SlurmCluster.AskAsync("squeue", "--me", "--noheader", $"--name=fg-{run.Split('/')[1]}-driver", "--format=%i")).Trim();
        await SlurmCluster.AskAsync("scontrol", "requeue", job);

        await EndsAsHereAsync(program, run, drivers: 3);
        Assert.Contains(" on n", (await SampleAsync(program, "explain", $"{run}/resample[0]")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubernetes_PodOfTheDriverDeleted_EndsAsHere()
    {
        cluster.SkipWithoutCluster();
        using var program = new FlowProgram(Path.Combine(cluster.Folder, "store")) { Deadline = TimeSpan.FromMinutes(8) };
        using var registry = await LocalRegistry.StartAsync(program.Directory);
        var (pod, driver) = (Path.Combine(program.Directory, "pod.yaml"), Path.Combine(program.Directory, "driver.yaml"));
        await File.WriteAllTextAsync(pod, KubeCluster.OverlayWith(cluster.Folder));
        await File.WriteAllTextAsync(driver, cluster.DriverOverlay);
        var run = await SubmitAsync(program, "-p:FlowEngine=kubernetes", $"-p:FlowRegistry={registry.Host}/samples", $"-p:FlowArgs=--set namespace={cluster.Namespace} --set user=0 --set pod={pod} --set driver-pod={driver}");

        await WhenDrivenAsync(program, run, times: 1);
        Assert.Equal(1, await cluster.DeletePodsAsync(run, "driver"));

        await EndsAsHereAsync(program, run, drivers: 2);
        Assert.Contains("fg-", (await SampleAsync(program, "explain", $"{run}/resample[0]")).Out, StringComparison.Ordinal);
    }

    /// <summary>The command, as people write it; when this returns, nothing of it is left.</summary>
    private static async Task<string> SubmitAsync(FlowProgram program, params string[] properties)
    {
        var start = new ProcessStartInfo("dotnet", ["build", s_sample, "-t:SubmitFlow", "-c", Repository.Configuration, .. properties]);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var building = new FlowProgram.Started(start, program);
        var said = (await building.EndAsync()).With(0).Out;
        var line = said.Split('\n').Single(line => line.Contains(Submitted, StringComparison.Ordinal)).Trim();
        return line["Run ".Length..line.IndexOf(Submitted, StringComparison.Ordinal)];
    }

    private static async Task EndsAsHereAsync(FlowProgram program, string run, int drivers)
    {
        (await SampleAsync(program, "logs", run, "--follow")).With(0);
        await WhenAsync(program, run, records => records.OfType<RunFinished>().Any(), "did not end");
        Assert.Equal("succeeded", (await SampleAsync(program, "status", run, "--json")).With(0).Json.GetProperty("status").GetString());
        Assert.InRange((await RecordsAsync(program, run)).OfType<EpochStarted>().Count(), drivers + 1, drivers + 2);

        var here = (await SampleAsync(program, "run", "--quiet", "--data", Path.Combine(s_sample, "diamonds.csv"))).With(0).Out.Trim();
        var hashes = await HashesAsync(program, here);
        Assert.Equal(2004, hashes.Length);
        Assert.Equal(hashes, await HashesAsync(program, run));
    }

    private static async Task<Ended> SampleAsync(FlowProgram program, params string[] arguments)
    {
        using var started = new FlowProgram.Started(new ProcessStartInfo("dotnet", [s_program, .. arguments]), program);
        return await started.EndAsync();
    }

    private static async Task<string[]> HashesAsync(FlowProgram program, string run) =>
        [.. (await SampleAsync(program, "dump", run, "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray().Select(artifact => $"{artifact.GetProperty("task")}.{artifact.GetProperty("name")} {artifact.GetProperty("hash")}")];

    /// <summary>Waits until so many drivers have taken the run over from whoever submitted it, and its tasks have begun.</summary>
    private static Task WhenDrivenAsync(FlowProgram program, string run, int times) =>
        WhenAsync(program, run, records => records.OfType<EpochStarted>().Count() > times && records.OfType<SliceDispatched>().Any(), $"was not driven {times} times");

    private static async Task WhenAsync(FlowProgram program, string run, Func<List<RunRecord>, bool> condition, string otherwise)
    {
        for (var limit = DateTime.UtcNow.AddMinutes(3); !condition(await RecordsAsync(program, run)); await Task.Delay(50))
            if (DateTime.UtcNow > limit) Assert.Fail($"The run {otherwise}.\n{(await SampleAsync(program, "status", run)).Out}\n{(await SampleAsync(program, "logs", run)).Out}");
    }

    private static async Task<List<RunRecord>> RecordsAsync(FlowProgram program, string run)
    {
        var (records, reader) = (new List<RunRecord>(), new RunReader(ObjectStores.Open(program.Store)));
        for (var n = 0; await reader.ReadAsync(RunKey.Parse(run)!.Value, n, default) is { } slot; n++) records.AddRange(slot.Records);
        return records;
    }
}
