using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

public class CrashTests
{
    [Fact]
    public async Task WriteAsync_KilledAtEveryPut_LeavesAReadablePrefix()
    {
        var puts = 0;
        for (var finished = false; !finished; puts++)
        {
            var memory = new InMemoryStore();
            await Samples.OpenAsync(memory); // the probe and the format are written by the first run of a store only
            var store = await RunStore.OpenAsync(new CrashingStore(memory, puts), forWriting: true, TimeProvider.System, default);
            var manifest = Samples.Manifest();
            List<RunRecord> appended = [];
            try
            {
                await SmallRun.WriteAsync(store, manifest, big: true, appended);
                finished = true;
            }
            catch (FlowException e)
            {
                Assert.Equal("Killed.", e.Message);
            }

            if ((await memory.ListAsync("runs/").ToListAsync()).Count == 0)
            {
                var error = await Assert.ThrowsAsync<FlowException>(() => SmallRun.ReadAllAsync(memory, manifest.Run));
                Assert.Equal(("FG1201", 3), (error.Code, error.ExitCode));
                continue;
            }
            var state = await SmallRun.ReadAllAsync(memory, manifest.Run);
            Assert.Equal(finished ? RunStatus.Failed : RunStatus.Interrupted, state.Status);

            // What is visible is what some prefix of the appended records says.
            var actual = Describe(state);
            Assert.Contains(Enumerable.Range(0, appended.Count + 1).Select(n => Describe(manifest, appended.Take(n))), d => d == actual);
        }
        Assert.InRange(puts, 10, 30);
    }

    [Fact]
    public async Task TakeOverAsync_KilledAtEveryPut_ContinuesToTheSameEnd()
    {
        for (var puts = 1; puts < 40; puts++)
        {
            var memory = new InMemoryStore();
            await Samples.OpenAsync(memory);
            var store = await RunStore.OpenAsync(new CrashingStore(memory, puts), forWriting: true, TimeProvider.System, default);
            var manifest = Samples.Manifest();
            try
            {
                await SmallRun.WriteAsync(store, manifest, big: false);
                return;
            }
            catch (FlowException)
            {
                var second = await RunStore.OpenAsync(memory, forWriting: true, TimeProvider.System, default);
                await using var log = await RunLog.TakeOverAsync(second, manifest.Run, TimeProvider.System, default);
                Assert.Equal(1, log.Epoch);
                if (log.Inherited!.Find(new(0)) is { Status: FlowTaskStatus.Pending }) log.Append(Samples.Success(0, -1, [9]));
                await log.FinishAsync(Samples.End());
                var state = await SmallRun.ReadAllAsync(memory, manifest.Run);
                Assert.Equal((RunStatus.Succeeded, FlowTaskStatus.Succeeded), (state.Status, state.Find(new(0))!.Status));
                var closed = await Assert.ThrowsAsync<FlowException>(async () => await RunLog.TakeOverAsync(second, manifest.Run, TimeProvider.System, default));
                Assert.Equal(RunErrors.Finished, closed.Code);
            }
        }
        Assert.Fail("The run never finished.");
    }

    private static string Describe(RunManifest manifest, IEnumerable<RunRecord> records)
    {
        var fold = new RunFold();
        fold.Add(new LogSlot(0, 0, default, [new RunRegistered(manifest), new EpochStarted(0, new DriverProcess("", "", 0, 0, ""), default), .. records]));
        return Describe(fold.Build(RunStatus.Interrupted));
    }

    private static string Describe(RunState state) =>
        $"{state.Status} {state.Reason} {state.CountOf(1)} {state.Logs.Length} {state.InputFiles.Length}\n" +
        string.Join("\n", state.Tasks.Select(t => $"{state.NameOf(t.Address)} {t.Status} {t.Attempts} {t.AttemptId} {t.Error?.Message} {t.BlockedBy} {t.Origin} {string.Join(",", t.Outputs.Select(o => o.Hash))}"));
}
