using System.Diagnostics;
using EndToEnd.Tests;
using FlowGen.Runs;
using FlowGen.Storage;
using Package.Tests.Infrastructure;

namespace Engines.Tests.Conformance;

/// <summary>
/// The sample Bootstrap, sent away by the one command that its documentation gives: the command has long returned when the driver is ended under its run, twice, and the engine starts it again. What
/// comes of the run is what comes of it here.
/// </summary>
public abstract class SubmitFlowTests
{
    private const string Submitted = " is submitted to ";

    private static readonly string s_sample = Repository.PathOf("samples/Bootstrap");

    /// <summary>The sample as it was built with this test, for looking at runs.</summary>
    private static readonly string s_program = Path.Combine(s_sample, "bin", Repository.Configuration, "net10.0", "Bootstrap.dll");

    /// <summary>The command, as people write it; when this returns, nothing of it is left.</summary>
    private protected static async Task<string> SubmitAsync(FlowProgram program, params string[] properties)
    {
        var start = new ProcessStartInfo("dotnet", ["build", s_sample, "-t:SubmitFlow", "-c", Repository.Configuration, .. properties]);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var building = new FlowProgram.Started(start, program);
        var said = (await building.EndAsync()).With(0).Out;
        var line = said.Split('\n').Single(line => line.Contains(Submitted, StringComparison.Ordinal)).Trim();
        return line["Run ".Length..line.IndexOf(Submitted, StringComparison.Ordinal)];
    }

    private protected static async Task EndsAsHereAsync(FlowProgram program, string run, int drivers)
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

    private protected static async Task<Ended> SampleAsync(FlowProgram program, params string[] arguments)
    {
        using var started = new FlowProgram.Started(new ProcessStartInfo("dotnet", [s_program, .. arguments]), program);
        return await started.EndAsync();
    }

    private static async Task<string[]> HashesAsync(FlowProgram program, string run) =>
        [.. (await SampleAsync(program, "dump", run, "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray().Select(artifact => $"{artifact.GetProperty("task")}.{artifact.GetProperty("name")} {artifact.GetProperty("hash")}")];

    /// <summary>Waits until so many drivers have taken the run over from whoever submitted it, and its tasks have begun.</summary>
    private protected static Task WhenDrivenAsync(FlowProgram program, string run, int times) =>
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
