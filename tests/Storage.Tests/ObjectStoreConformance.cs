using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>What every store must do, whatever it is made of.</summary>
public abstract class ObjectStoreConformance
{
    private protected abstract IObjectStore Store { get; }

    /// <summary>The same store as another process sees it.</summary>
    private protected abstract IObjectStore Another();

    /// <summary>How many objects are raced for.</summary>
    private protected virtual int Races => 100;

    [Fact]
    public async Task PutIfAbsentAsync_NewKey_IsStoredAndRead()
    {
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("a/b-1/c", Samples.Bytes(1, 2, 3)));
        Assert.Equal([1, 2, 3], await Store.GetAsync("a/b-1/c"));
        Assert.Equal(3, await Store.SizeAsync("a/b-1/c"));
    }

    [Fact]
    public async Task PutIfAbsentAsync_OtherBytesAreThere_ExistsAndKeepsThem()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1));
        Assert.Equal(PutOutcome.Exists, await Store.PutIfAbsentAsync("a", Samples.Bytes(2)));
        Assert.Equal(PutOutcome.Exists, await Store.PutIfAbsentAsync("a", Samples.Bytes(1, 1)));
        Assert.Equal(PutOutcome.Exists, await Store.PutIfAbsentAsync("a", Samples.Bytes()));
        Assert.Equal([1], await Store.GetAsync("a"));
    }

    [Fact]
    public async Task PutIfAbsentAsync_OwnBytesAreThere_IsStored()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1, 2));
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("a", Samples.Bytes(1, 2)));
    }

    [Fact]
    public async Task PutIfAbsentAsync_ContentInParts_IsJoined()
    {
        var framed = Envelope.Wrap(ObjectKind.Blob, Samples.Random(100_000));
        await Store.PutIfAbsentAsync("a", framed);
        var bytes = await Store.GetAsync("a");
        Assert.Equal(Samples.Random(100_000), Envelope.Open("s", "a", ObjectKind.Blob, bytes!).ToArray());
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("a", framed));
    }

    [Fact]
    public async Task GetAsync_NoSuchObject_IsNull()
    {
        await Store.PutIfAbsentAsync("a/b", Samples.Bytes(1));
        Assert.Null(await Store.GetAsync("a/c"));
        Assert.Null(await Store.GetAsync("x/y/z"));
        Assert.Null(await Store.GetRangeAsync("a/c", 0, 10));
        Assert.Null(await Store.SizeAsync("a/c"));
        Assert.Null(await Store.AgeAsync("a/c"));
    }

    [Fact]
    public async Task GetRangeAsync_AnyRange_IsWhatIsThere()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(0, 1, 2, 3, 4));
        Assert.Equal([1, 2], await Store.GetRangeAsync("a", 1, 2));
        Assert.Equal([3, 4], await Store.GetRangeAsync("a", 3, 10));
        Assert.Empty((await Store.GetRangeAsync("a", 5, 1))!);
        Assert.Empty((await Store.GetRangeAsync("a", 50, 1))!);
    }

    [Fact]
    public async Task PutAsync_Twice_ReplacesAndIsYoung()
    {
        await Store.PutAsync("runs/r/beat", Samples.Bytes(1));
        await Store.PutAsync("runs/r/beat", Samples.Bytes(2, 2));
        Assert.Equal([2, 2], await Store.GetAsync("runs/r/beat"));
        Assert.InRange((await Store.AgeAsync("runs/r/beat"))!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task DeleteAsync_ThereOrNot_IsGone()
    {
        await Store.PutIfAbsentAsync("a/b", Samples.Bytes(1));
        await Store.DeleteAsync("a/b");
        await Store.DeleteAsync("a/b");
        await Store.DeleteAsync("never/was");
        Assert.Null(await Store.GetAsync("a/b"));
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("a/b", Samples.Bytes(2)));
    }

    [Fact]
    public async Task ListAsync_AnyKeys_ComeInOrdinalOrderWithSizes()
    {
        // Hyphens sort before slashes, and slashes before digits: the order of whole keys is not that of a tree of names.
        string[] keys = ["a", "a-b", "a/b", "a/b-c", "a/b/c", "a0", "b/1/2/3", "b/1-2", "b/10", "z"];
        foreach (var key in keys) await Store.PutIfAbsentAsync(key + "/x", Samples.Bytes(new byte[key.Length]));
        var expected = keys.Select(k => k + "/x").Order(StringComparer.Ordinal).ToArray();

        var all = await Store.ListAsync("").ToListAsync();
        Assert.Equal(expected, all.Select(o => o.Key));
        Assert.All(all, o => Assert.Equal(o.Key.Length - 2, o.Size));
        Assert.Equal(expected.Where(k => k.StartsWith("a/", StringComparison.Ordinal)), (await Store.ListAsync("a/").ToListAsync()).Select(o => o.Key));
        Assert.Empty(await Store.ListAsync("nothing/").ToListAsync());
        foreach (var after in keys.Concat(expected).Append("a/b/c/d"))
            Assert.Equal(expected.Where(k => string.CompareOrdinal(k, after) > 0), (await Store.ListAsync("", after).ToListAsync()).Select(o => o.Key));
    }

    [Fact]
    public async Task ListFoldersAsync_AnyKeys_AreTheNamesBelow()
    {
        foreach (var key in new[] { "runs/b/1/log/0", "runs/a/2/x", "runs/a/10/x", "runs/c", "other/d/e" }) await Store.PutIfAbsentAsync(key, Samples.Bytes(1));
        Assert.Equal(["a", "b"], await Store.ListFoldersAsync("runs/").ToListAsync());
        Assert.Equal(["10", "2"], await Store.ListFoldersAsync("runs/a/").ToListAsync());
        Assert.Equal(["other", "runs"], await Store.ListFoldersAsync("").ToListAsync());
        await Store.DeleteAsync("runs/b/1/log/0");
        Assert.Equal(["a"], await Store.ListFoldersAsync("runs/").ToListAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("A")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("ü")]
    [InlineData("tmp/x")]
    public async Task PutIfAbsentAsync_KeyOutsideTheGrammar_IsRefused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PutIfAbsentAsync(key, Samples.Bytes(1)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.GetAsync(key));
        Assert.Empty(await Store.ListAsync("").ToListAsync());
    }

    [Fact]
    public async Task PutIfAbsentAsync_EightWritersRace_ExactlyOneWins()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => Another()).ToArray();
        using var barrier = new Barrier(stores.Length);
        var wins = new int[Races];
        await Task.WhenAll(stores.Select((store, writer) => Task.Factory.StartNew(() =>
        {
            for (var round = 0; round < wins.Length; round++)
            {
                barrier.SignalAndWait(TestContext.Current.CancellationToken);
                if (store.PutIfAbsentAsync($"race/{round}", Samples.Bytes((byte)writer, 1, 2, 3)).AsTask().Result == PutOutcome.Stored)
                    Interlocked.Add(ref wins[round], 1 + 1000 * writer);
            }
        }, TaskCreationOptions.LongRunning)));

        for (var round = 0; round < wins.Length; round++)
        {
            Assert.True(wins[round] % 1000 == 1, $"round {round} had {wins[round] % 1000} winners");
            Assert.Equal([(byte)(wins[round] / 1000), 1, 2, 3], await Store.GetAsync($"race/{round}"));
        }
    }

    [Fact]
    public async Task ListAsync_MoreThanAServerListsAtOnce_ShowsAll()
    {
        var keys = Enumerable.Range(0, 1_050).Select(i => $"many/{i:d4}/x").ToArray();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (key, cancel) => await Store.PutIfAbsentAsync(key, Samples.Bytes(1), cancel));

        Assert.Equal(keys, (await Store.ListAsync("many/").ToListAsync()).Select(o => o.Key));
        Assert.Equal(keys[1_000..], (await Store.ListAsync("", "many/0999/x").ToListAsync()).Select(o => o.Key));
        Assert.Equal(keys.Select(key => key[5..9]), await Store.ListFoldersAsync("many/").ToListAsync());
        await foreach (var first in Store.ListAsync("many/"))
        {
            Assert.Equal(keys[0], first.Key); // who wants no more need not read to the end
            break;
        }
    }

    [Fact]
    public async Task ListFoldersAsync_NamesThatBeginAlike_ComeInTheOrderOfTheNames()
    {
        string[] names = ["a", "a-b", "a-b-c", "a0", "ab", "a-", "a--", "b-1", "b", "b-10", "0-a", "0"];
        foreach (var name in names) await Store.PutIfAbsentAsync($"{name}/x", Samples.Bytes(1));
        Assert.Equal(names.Order(StringComparer.Ordinal), await Store.ListFoldersAsync("").ToListAsync());
    }

    [Fact]
    public async Task PutIfAbsentAsync_LargestObject_IsReadWholeAndInParts()
    {
        var content = Samples.Random(Envelope.MaxContent);
        var framed = Envelope.Wrap(ObjectKind.Blob, content);
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("big", framed));
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("big", framed));
        content[^1] ^= 1;
        Assert.Equal(PutOutcome.Exists, await Store.PutIfAbsentAsync("big", Envelope.Wrap(ObjectKind.Blob, content)));
        content[^1] ^= 1;

        Assert.Equal(framed.Length, await Store.SizeAsync("big"));
        Assert.True((await Store.GetAsync("big")).AsSpan(Envelope.HeaderSize, content.Length).SequenceEqual(content));
        Assert.Equal(content[^100..], (await Store.GetRangeAsync("big", Envelope.HeaderSize + content.Length - 100, 100))!);
        Assert.Equal(Envelope.TrailerSize, (await Store.GetRangeAsync("big", Envelope.HeaderSize + content.Length, int.MaxValue))!.Length);
    }

    [Fact]
    public async Task GetAsync_IntoABuffer_FillsItOrTellsTheLength()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1, 2, 3));
        await Store.PutIfAbsentAsync("empty", Samples.Bytes());
        var buffer = new byte[4];

        Assert.Equal(3, await Store.GetAsync("a", buffer.AsMemory()));
        Assert.Equal([1, 2, 3, 0], buffer);
        Assert.Equal(3, await Store.GetAsync("a", buffer.AsMemory(0, 3)));
        Assert.Equal(3, await Store.GetAsync("a", buffer.AsMemory(0, 2)));
        Assert.Equal(0, await Store.GetAsync("empty", buffer.AsMemory()));
        Assert.Null(await Store.GetAsync("b", buffer.AsMemory()));
        Assert.Equal([1, 2, 3, 0], buffer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetAsync("a", buffer.AsMemory(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task GetRangeAsync_NothingWanted_TellsWhetherThereIsAnObject()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1));
        await Store.PutIfAbsentAsync("empty", Samples.Bytes());
        Assert.Empty((await Store.GetRangeAsync("a", 0, 0))!);
        Assert.Null(await Store.GetRangeAsync("b", 0, 0));
        Assert.Empty((await Store.GetAsync("empty"))!);
        Assert.Empty((await Store.GetRangeAsync("empty", 0, 10))!);
        Assert.Equal(0, await Store.SizeAsync("empty"));
    }

    [Fact]
    public async Task AnyOperation_OddKeys_AreKeysLikeOthers()
    {
        var longest = string.Join('/', Enumerable.Repeat(new string('k', 95), 5));
        string[] keys = ["-", "--/-", "0", new string('a', ObjectKey.MaxSegment), longest, "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", "con", "nul/aux", "runs/tmp", "format"];
        foreach (var key in keys) Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync(key, Samples.Bytes((byte)key.Length)));

        foreach (var key in keys) Assert.Equal([(byte)key.Length], (await Store.GetAsync(key))!);
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await Store.ListAsync("").ToListAsync()).Select(o => o.Key));
    }

    [Fact]
    public async Task AnyOperation_Cancelled_DoesNothing()
    {
        await Store.PutIfAbsentAsync("there", Samples.Bytes(1));
        var cancel = new CancellationToken(canceled: true);
        Func<Task>[] operations =
        [
            async () => await Store.PutIfAbsentAsync("new", Samples.Bytes(1), cancel),
            async () => await Store.PutAsync("new", Samples.Bytes(1), cancel),
            async () => await Store.GetAsync("there", cancel),
            async () => await Store.GetRangeAsync("there", 0, 1, cancel),
            async () => await Store.SizeAsync("there", cancel),
            async () => await Store.DeleteAsync("there", cancel),
            async () => await Store.AgeAsync("there", cancel),
            async () => await Store.ListAsync("", null, cancel).ToListAsync(),
            async () => await Store.ListFoldersAsync("", cancel).ToListAsync(),
        ];
        foreach (var operation in operations) await Assert.ThrowsAnyAsync<OperationCanceledException>(operation);
        Assert.Equal(["there"], (await Store.ListAsync("").ToListAsync()).Select(o => o.Key));
    }

    [Fact]
    public async Task AgeAsync_AnyObject_IsByTheStoresClock()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1));
        var (first, listed) = ((await Store.AgeAsync("a"))!.Value, (await Store.ListAsync("").ToListAsync()).Single());
        var second = (await Store.AgeAsync("a"))!.Value;

        Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(second, first, TimeSpan.FromMinutes(1));
        Assert.InRange(TimeProvider.System.GetUtcNow() - listed.LastModified, TimeSpan.FromSeconds(-2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task AnyOperations_AgreeWithADictionary()
    {
        var store = Store;
        var model = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        string[] names = ["a/x", "a-x", "a/y/z", "b", "a/y-1"];
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var (kind, name) = (random.Next(5), names[random.Next(names.Length)]);
            var bytes = new byte[random.Next(3)];
            random.NextBytes(bytes);
            switch (kind)
            {
                case 0 or 1:
                    var stored = !model.TryGetValue(name, out var there) || there.AsSpan().SequenceEqual(bytes);
                    Assert.Equal(stored ? PutOutcome.Stored : PutOutcome.Exists, await store.PutIfAbsentAsync(name, Samples.Bytes(bytes)));
                    model.TryAdd(name, bytes);
                    break;
                case 2:
                    await store.PutAsync(name, Samples.Bytes(bytes));
                    model[name] = bytes;
                    break;
                case 3:
                    await store.DeleteAsync(name);
                    model.Remove(name);
                    break;
                default:
                    Assert.Equal(model.GetValueOrDefault(name), await store.GetAsync(name));
                    break;
            }
            Assert.Equal(model.Select(m => (m.Key, (long)m.Value.Length)), (await store.ListAsync("").ToListAsync()).Select(o => (o.Key, o.Size)));
        }
    }
}

public sealed class InMemoryStoreTests : ObjectStoreConformance
{
    private protected override IObjectStore Store { get; } = new InMemoryStore();

    private protected override IObjectStore Another() => Store;
}

/// <summary>Answers get lost, puts arrive late or twice or not at all: callers must not notice.</summary>
public sealed class FaultyStoreTests : ObjectStoreConformance
{
    private protected override IObjectStore Store { get; } = new FaultyStore(new InMemoryStore(), put => (put % 7) switch
    {
        0 or 4 => Fault.LostReply,
        2 => Fault.Lost,
        3 => Fault.Delayed,
        _ => Fault.None,
    });

    private protected override IObjectStore Another() => Store;
}
