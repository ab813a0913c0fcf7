using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>
/// Kills runs of a flow at every put, before and after it is applied, and again in what goes on with them: once a new run that resumes, once another driver of the same run. What they end with must be
/// what an undisturbed run does; and another driver writes nothing twice.
/// </summary>
internal static class CrashSuite
{
    /// <param name="flow">Makes the flow.</param>
    /// <param name="read">What a run ended with.</param>
    /// <param name="expected">The same of an undisturbed run.</param>
    /// <param name="newStore">Makes an empty store; in memory by default.</param>
    /// <returns>How many runs were killed.</returns>
    public static async Task<int> RunAsync(
        Func<FlowBuilder> flow, Func<TestRun, RunKey, Task<SortedDictionary<string, string>>> read, SortedDictionary<string, string> expected, Func<IObjectStore>? newStore = null)
    {
        var crashes = 0;
        for (var (put, crashed) = (1, true); crashed; put++)
        {
            crashed = false;
            foreach (var (applied, drives) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                var inner = newStore?.Invoke() ?? new InMemoryStore();
                RunKey? left = null;
                // The first driver is killed, then the one that goes on; the third is left alone.
                foreach (var store in new IObjectStore[] { new CrashingStore(inner, put, applied), new CrashingStore(inner, put, applied), inner })
                {
                    var run = new TestRun { Store = store };
                    try
                    {
                        var status = RunStatus.Running;
                        if (drives && left is { } open) status = await run.ContinueAsync(flow(), open);
                        else (left, status) = await run.StartAsync(flow(), left, fork: true);
                        Assert.Equal(RunStatus.Succeeded, status);
                        break;
                    }
                    catch (FlowException e) when (e.Message == "killed")
                    {
                        crashed = true;
                        crashes++;
                        if (run.Observer.Manifest is { } manifest) left = manifest.Run;
                    }
                }

                var ended = new TestRun { Store = inner };
                Assert.Equal(expected, await read(ended, left!.Value));
                if (drives) AssertOnce(await ended.RecordsAsync(left.Value));
            }
        }

        return crashes;
    }

    /// <summary>Nothing is said twice, and no attempt started twice.</summary>
    public static void AssertOnce(IEnumerable<RunRecord> records)
    {
        var said = new HashSet<string>();
        foreach (var record in records) Once(record, "");

        void Once(RunRecord record, string where)
        {
            switch (record)
            {
                case InSubFlow inner: Once(inner.Record, $"{where}{inner.Task}/"); break;
                case TaskSucceeded r: Add($"end {r.Task}"); break;
                case TaskFailed r: Add($"end {r.Task}"); break;
                case AttemptFailed r: Add($"failed {r.Task} {r.Attempt}"); break;
                case TaskStarted r: Add($"start {r.Task} {r.Attempt}"); break;
                case TasksBlocked r: for (var i = 0; i < r.Count; i++) Add($"end {r.First with { Index = At(r.First.Index, i) }}"); break;
                case TasksSkipped r: for (var i = 0; i < r.Count; i++) Add($"end {r.First with { Index = At(r.First.Index, i) }}"); break;
                case DimensionSized r: Add($"size {r.Dimension} {r.At}"); break;
                case InputFileStored r: Add($"file {r.Parameter} {r.Position}"); break;
                case SliceDispatched r: foreach (var task in r.Tasks) Add($"sent {task.Task} {task.Attempt}"); break;
                case RunRegistered or CodeDescribed or SubFlowOpened or RunFinished: Add(record.GetType().Name); break;
            }

            void Add(string what) => Assert.True(said.Add(where + what), $"{where}{what} is in the log twice.");
        }

        static TaskIndex At(TaskIndex index, int i) => index.IsEmpty ? index : index.WithLast(index.Last + i);
    }
}
