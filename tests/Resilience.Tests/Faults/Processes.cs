using System.Security.Cryptography;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>What one process after another does with a store until there is a run that succeeded and carries a tag, and what must be true of the store then.</summary>
internal static class Processes
{
    private const string Tag = "gold";

    private static readonly Lazy<Task<SortedDictionary<string, string>>> s_undisturbed = new(async () =>
    {
        var store = new InMemoryStore();
        await LiveAsync(store);
        return await HashesAsync(store);
    });

    /// <summary>One process: goes on with what the one before it left.</summary>
    public static async Task LiveAsync(IObjectStore objects, TimeProvider? time = null)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: false, time ?? TimeProvider.System, default);
        var left = await FindAsync(store);
        var run = left is { Status: RunStatus.Succeeded } ? left.Manifest.Run : await RunAsync(objects, left?.Manifest.Run, time);
        await (await RunStore.OpenAsync(objects, forWriting: true, time ?? TimeProvider.System, default)).Tags.MoveAsync(run, Tag, default);
    }

    /// <summary>Processes until one comes to its end; the first <paramref name="stores"/> are those to which something happens.</summary>
    /// <returns>Whether something happened to one of them.</returns>
    public static async Task<bool> LiveAsync(IObjectStore inner, IEnumerable<NumberedStore> stores, TimeProvider? time = null)
    {
        var wasHit = false;
        foreach (var store in stores)
        {
            try
            {
                await LiveAsync(store, time);
                wasHit |= store.WasHit;
                break;
            }
            catch (FlowException e) when (e.ExitCode == 4)
            {
                // All that may come of a store that fails: an end that a resume goes on from.
                Assert.True(store.WasHit, e.ToString());
                wasHit = true;
            }
        }

        await LiveAsync(inner, time);
        return wasHit;
    }

    /// <summary>The result is that of an undisturbed run, each task has one outcome, every object can be read, one run carries the tag.</summary>
    public static async Task CheckAsync(IObjectStore objects, string what)
    {
        var expected = await s_undisturbed.Value;
        var actual = await HashesAsync(objects);
        if (!expected.SequenceEqual(actual)) Assert.Fail($"{what}: {string.Join("\n", actual.Except(expected))}");
        var store = await Samples.OpenAsync(objects);
        var carriers = 0;
        await foreach (var run in store.ListAsync(null, default))
        {
            var state = await store.ReadAsync(run, default);
            carriers += state.Manifest.Tags.Contains(Tag) ? 1 : 0;
            var records = new List<RunRecord>();
            for (var n = 0; await store.Reader.ReadAsync(run, n, default) is { } slot; n++) records.AddRange(slot.Records);
            var outcomes = records.Select(record => record switch { TaskSucceeded r => r.Task, TaskFailed r => r.Task, _ => (TaskAddress?)null }).OfType<TaskAddress>().ToList();
            Assert.True(outcomes.Count == outcomes.Distinct().Count(), $"{what}: two outcomes of a task");
            foreach (var value in state.Tasks.SelectMany(task => task.Outputs).Concat(state.Logs.Select(log => log.Pack))) await store.Artifacts.ReadAsync(value, default);
        }

        Assert.True(carriers == 1, $"{what}: {carriers} runs carry the tag");
        await foreach (var stored in objects.ListAsync("")) Check(what, objects.Location, stored.Key, (await objects.GetAsync(stored.Key))!);
    }

    private static void Check(string what, string store, string key, byte[] bytes)
    {
        var content = Envelope.Open(store, key, (ObjectKind)bytes[5], bytes, out var encoding, out _);
        if (encoding == ObjectEncoding.Plain && (ObjectKind)bytes[5] == ObjectKind.Blob)
            Assert.True(key.EndsWith(Convert.ToHexStringLower(SHA256.HashData(content.Span)), StringComparison.Ordinal), $"{what}: {key} holds something else");
    }

    private static async Task<RunKey> RunAsync(IObjectStore store, RunKey? left, TimeProvider? time)
    {
        for (var fork = false; ; fork = true)
        {
            try
            {
                var (run, status) = await SmallFlow.RunAsync(store, left, fork, time, tags: ["nightly"]);
                Assert.Equal(RunStatus.Succeeded, status);
                return run;
            }
            catch (FlowException e) when (e.Code == RunErrors.Alive && !fork)
            {
                // Whoever was killed after its claim and before its run is of this process, so it counts as alive for a minute.
            }
        }
    }

    /// <summary>The run that succeeded, or else one that can be resumed; of several in the same millisecond any may be the first of a list.</summary>
    private static async Task<RunSummary?> FindAsync(RunStore store)
    {
        var runs = await store.SummarizeAllAsync(null, null, null, default).ToListAsync();
        return runs.Find(run => run.Status == RunStatus.Succeeded) ?? runs.FirstOrDefault();
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(IObjectStore objects)
    {
        var store = await Samples.OpenAsync(objects);
        var state = await store.ReadAsync((await FindAsync(store))!.Manifest.Run, default);
        Assert.Equal(RunStatus.Succeeded, state.Status);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => string.Join(" ", task.Outputs.Select(output => output.Hash))), StringComparer.Ordinal);
    }
}
