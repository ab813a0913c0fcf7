using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>What an index costs, and what it saves.</summary>
public class IndexBudgetTests
{
    [Theory]
    [InlineData(8, 1, 2_500_000)]
    [InlineData(100, 3, 12_500_000)]
    public async Task HundredThousandTasks_ObjectsAndBytesAndReads(int bytes, int parts, int bytesAtMost)
    {
        var objects = new InMemoryStore();
        await using var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default, IndexedRun.Always);
        var (random, at) = (new Random(1), DateTimeOffset.UnixEpoch.AddDays(20_000));
        log.Append(Samples.Success(0, -1, [1]));
        log.Append(new DimensionSized(0, default, 100_000));
        for (var i = 0; i < 100_000; i++)
        {
            at = at.AddTicks(random.Next(100_000));
            log.Append(new TaskSucceeded(new(1, i), 1, (ulong)random.NextInt64(), at, new TimeSpan(random.Next(100_000)), [StoredValue.Of(Samples.Random(bytes, i))]));
        }
        log.Append(Samples.Success(2, -1, [1]));
        await log.FinishAsync(Samples.End());

        var run = log.Run;
        var header = await objects.SizeAsync(IndexKeys.Header(run));
        Assert.InRange(header!.Value, 1, 64 * 1024);
        var found = await objects.ListAsync(run.Prefix + "index-parts/").ToListAsync();
        Assert.All(found, part => Assert.InRange(part.Size, 1, Envelope.MaxContent));
        Assert.Equal(parts, found.Count);
        Assert.InRange(found.Sum(part => part.Size), bytesAtMost / 2, bytesAtMost);

        var counted = new CountingStore(objects);
        var store = await RunStore.OpenAsync(counted, forWriting: false, TimeProvider.System, default);
        await ReadsAsync(store.SummarizeAsync(run, default), IndexKeys.Header(run), LogSlot.Key(run, 0));
        await ReadsAsync(store.OverviewAsync(run, default), IndexKeys.Header(run), LogSlot.Key(run, 0));
        var state = await ReadsAsync(store.ReadAsync(run, default), [IndexKeys.Header(run), LogSlot.Key(run, 0), .. found.Select(part => part.Key)]);
        Assert.Equal(100_002, state.Tasks.Count(task => task.Status == FlowTaskStatus.Succeeded));

        // Tags may have changed since, so they are asked for: the run's own, and for each of its tags whether it was moved.
        string[] Tags() => [.. counted.Reads.Where(key => key.StartsWith("tags/", StringComparison.Ordinal) || key.StartsWith(run.Prefix + "tags/", StringComparison.Ordinal))];

        async Task<T> ReadsAsync<T>(ValueTask<T> reading, params string[] keys)
        {
            var result = await reading;
            var tags = Tags();
            Assert.Equal(1 + Samples.Manifest().Tags.Length, tags.Length);
            counted.Reads.RemoveAll(key => Array.IndexOf(tags, key) >= 0);
            Assert.Equal(keys, counted.Reads[^keys.Length..]);
            Assert.InRange(counted.Reads.Count, keys.Length, keys.Length + 1); // one more: the format of the store, read when it was opened
            counted.Reads.Clear();
            return result;
        }
    }

    [Fact]
    public async Task ReplayLogAsync_LeavesOutputs_TakesAFewHundredBytesATaskWhateverTheValues()
    {
        const int Tasks = 30_000;
        var (small, large) = (await MeasureAsync(8), await MeasureAsync(4000));
        Assert.InRange(large.Places / Tasks, 1, 1200); // what is allocated, garbage and all
        Assert.InRange(large.Places, 0.8 * small.Places, 1.25 * small.Places);
        Assert.True(large.Bytes > Tasks * 4000L, "The values themselves are larger.");

        async Task<(double Places, double Bytes)> MeasureAsync(int bytes)
        {
            var objects = new InMemoryStore();
            await using var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default, IndexedRun.Always);
            log.Append(Samples.Success(0, -1, [1]));
            log.Append(new DimensionSized(0, default, Tasks));
            for (var i = 0; i < Tasks; i++) log.Append(new TaskSucceeded(new(1, i), 1, (ulong)i, DateTimeOffset.UnixEpoch, default, [StoredValue.Of(new byte[bytes])]));
            await log.FinishAsync(Samples.End());
            var slots = (await objects.ListAsync(log.Run.Prefix + "log/").ToListAsync()).Sum(slot => slot.Size);
            return (Allocated(leavesOutputs: true) - slots, Allocated(leavesOutputs: false) - slots);

            // A store in memory answers at once, so all of it happens on this thread. It gives copies of its objects, which do not count.
            double Allocated(bool leavesOutputs)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var replay = new RunReader(objects).ReplayLogAsync(log.Run, default, leavesOutputs);
                Assert.True(replay.IsCompletedSuccessfully);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
    }
}
