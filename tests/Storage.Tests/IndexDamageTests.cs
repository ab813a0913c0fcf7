using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>An index that cannot be read is no loss while the slots are there; when they are not, the error names it.</summary>
public class IndexDamageTests
{
    [Fact]
    public async Task Read_AnyObjectOfTheIndexDamaged_LogOrTheErrorThatNamesIt()
    {
        var (objects, run) = await IndexedRun.WriteTwoPartsAsync();
        var (others, other) = await IndexedRun.WriteTwoPartsAsync();
        var store = await Samples.OpenAsync(objects);
        var expected = IndexedRun.Describe(await store.ReadAsync(run, default));
        var keys = (await IndexTests.ContentsAsync(objects, run)).Keys.ToList();
        var damages = new List<(string Key, byte[]? Bytes)>();
        foreach (var key in keys)
        {
            var bytes = (await objects.GetAsync(key))!;
            damages.Add((key, key == IndexKeys.Header(run) ? bytes[..5] : null)); // without a header there is no index
            foreach (var length in new[] { 0, 7, 20, bytes.Length / 2, bytes.Length - 1 }) damages.Add((key, bytes[..length]));
            foreach (var at in new[] { 0, 5, 6, 8, bytes.Length / 2, bytes.Length - 1 }) damages.Add((key, [.. bytes[..at], (byte)(bytes[at] ^ 4), .. bytes[(at + 1)..]]));
            damages.Add((key, [.. bytes, 0]));
            damages.Add((key, await others.GetAsync(other.Prefix + key[run.Prefix.Length..]))); // of another run
            damages.Add((key, await objects.GetAsync(keys[(keys.IndexOf(key) + 1) % keys.Count]))); // another of this run
        }

        foreach (var (key, bytes) in damages)
            await WithAsync(objects, key, bytes, async () => Assert.Equal(expected, IndexedRun.Describe(await store.ReadAsync(run, default))));

        await IndexedRun.RemoveSlotsAsync(objects, run);
        Assert.Equal(expected, IndexedRun.Describe(await store.ReadAsync(run, default)));
        foreach (var (key, bytes) in damages)
        {
            await WithAsync(objects, key, bytes, async () =>
            {
                var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ReadAsync(run, default));
                Assert.True(error is { Code: "FG1107" or "FG1111", ExitCode: 4 }, error.Message);
                Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
                Assert.Equal(RunStatus.Succeeded, (await store.SummarizeAsync(run, default)).Status); // the last slot says the same
            });
        }
    }

    [Fact]
    public async Task Read_FirstSlotOfAnIndexedRunMissing_NamesIt()
    {
        var (objects, run) = await IndexedRun.WriteTwoPartsAsync();
        await objects.DeleteAsync(LogSlot.Key(run, 0));
        var error = await Assert.ThrowsAsync<FlowException>(async () => await (await Samples.OpenAsync(objects)).ReadAsync(run, default));
        Assert.Equal("FG1111", error.Code);
        Assert.Contains(LogSlot.Key(run, 0), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_IndexTamperedWithAndSealedAgain_IsAnErrorOrARun()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var objects = new InMemoryStore();
            var store = await Samples.OpenAsync(objects);
            var run = await IndexedRun.WriteRandomAsync(store, seed);
            await IndexedRun.RemoveSlotsAsync(objects, run);
            var random = new Random(seed);
            foreach (var key in (await IndexTests.ContentsAsync(objects, run)).Keys)
            {
                var kind = key == IndexKeys.Header(run) ? ObjectKind.Index : ObjectKind.IndexPart;
                var content = Compression.Open("", key, kind, (await objects.GetAsync(key))!).ToArray();
                for (var i = 0; i < 100; i++)
                {
                    byte[] changed = [.. content];
                    changed[random.Next(Math.Min(changed.Length, 2000))] = (byte)random.Next(256);
                    await WithAsync(objects, key, Compression.Wrap(kind, changed).ToArray2(), async () =>
                    {
                        try
                        {
                            foreach (var task in (await store.ReadAsync(run, default)).Tasks) _ = task.Outputs.Length;
                            _ = (await store.OverviewAsync(run, default)).Totals.Length;
                        }
                        catch (FlowException e)
                        {
                            Assert.True(e.Code is "FG1107" or "FG1111", e.Message);
                        }
                    });
                }
            }
        }
    }

    private static async Task WithAsync(InMemoryStore objects, string key, byte[]? bytes, Func<Task> check)
    {
        var original = (await objects.GetAsync(key))!;
        if (bytes is null) await objects.DeleteAsync(key);
        else await objects.PutAsync(key, new(bytes));
        await check();
        await objects.PutAsync(key, new(original));
    }
}
