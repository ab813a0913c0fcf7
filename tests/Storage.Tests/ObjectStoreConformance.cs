using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>What every store must do, whatever it is made of.</summary>
public abstract class ObjectStoreConformance
{
    private protected abstract IObjectStore Store { get; }

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
}
