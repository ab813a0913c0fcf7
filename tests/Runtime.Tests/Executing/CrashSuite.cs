using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>Kills runs of a flow at every put, before and after it is applied, and again in the resume: what they end with must be what an undisturbed run does.</summary>
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
            foreach (var applied in new[] { false, true })
            {
                var inner = newStore?.Invoke() ?? new InMemoryStore();
                RunKey? left = null;
                crashed = false;
                // The first run is killed, then the one that resumes it; the third is left alone.
                foreach (var store in new IObjectStore[] { new CrashingStore(inner, put, applied), new CrashingStore(inner, put, applied), inner })
                {
                    var run = new TestRun { Store = store };
                    try
                    {
                        (left, var status) = await run.StartAsync(flow(), left, fork: true);
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

                Assert.Equal(expected, await read(new TestRun { Store = inner }, left!.Value));
            }
        }

        return crashes;
    }
}
