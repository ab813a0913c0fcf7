using System.Buffers;
using System.Text.Json;
using CsCheck;
using FlowGen;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Items of long collections, read where they lie: the same as in the collection, from few bytes, and never from damaged ones.</summary>
public sealed class ItemIndexTests
{
    private sealed record Kind(string Name, ArtifactDefinition Artifact, ItemAccess Items, Func<Random, int, object> Make);

    private static Kind Of<T, TCodec>(string name, Func<Random, T> item) where TCodec : struct, ICodec<T> => new(name,
        new ArtifactDefinition<T[], ArrayCodec<T, TCodec>> { Name = "rows", TypeName = name, Shareable = false },
        new ItemAccess<T, TCodec> { Shareable = false },
        (random, count) => Enumerable.Range(0, count).Select(_ => item(random)).ToArray());

    private static readonly Kind[] Kinds =
    [
        Of<int, Int32Codec>("int", random => random.Next()),
        Of<byte, ByteCodec>("byte", random => (byte)random.Next(256)),
        Of<double, DoubleCodec>("double", random => random.Next(9)),
        Of<string, StringCodec>("string", random => new string((char)('a' + random.Next(26)), random.Next(random.Next(20) == 0 ? 90_000 : 40))),
        Of<byte[], ArrayCodec<byte, ByteCodec>>("byte[]", random => Samples.Random(random.Next(random.Next(9) == 0 ? 200_000 : 300), random.Next())),
        Of<string[], ArrayCodec<string, StringCodec>>("string[]", random => [.. Enumerable.Range(0, random.Next(5)).Select(i => $"{i} of {random.Next()}")]),
        Of<FlatRow, FlatRowCodec>("rows", random => new FlatRow(random.Next(), $"text {random.Next(99)}")),
    ];

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task<(RunStore Store, StoredValue Value, object Collection)> WriteAsync(Kind kind, int seed, int count, IObjectStore? objects = null, bool isPacked = false)
    {
        var store = await Samples.OpenAsync(objects ?? new InMemoryStore());
        var collection = kind.Make(new Random(seed), count);
        var value = await store.Artifacts.WriteCollectionAsync(kind.Artifact, collection, default);
        if (!isPacked) return (store, value, collection);
        // As the log does it: with other values before it in the pack.
        var group = new GroupPacks();
        group.Add(StoredValue.Of(Samples.Random(5000)), Samples.Random(5000));
        foreach (var part in new[] { value, value.Items })
            if (part?.Bytes is { } bytes) group.Add(part, bytes);
        group.Release(await store.Artifacts.PutPacksAsync(group, default));
        return (store, value, collection);
    }

    private static int CountFor(Kind kind, Random random, int bytes) => kind.Name switch
    {
        "byte" => bytes,
        "int" => bytes / 4,
        "double" => bytes / 8,
        "string" => bytes / 2200,
        "byte[]" => bytes / 11_000,
        _ => bytes / 24,
    } + random.Next(9);

    [Fact]
    public async Task Item_OfAnyTypeAndSize_IsThatOfTheCollection() => await Gen.Select(Gen.Int[0, int.MaxValue], AnyOf(Kinds), AnyOf(300_000, 600_000, 900_000, 3_000_000, 11_000_000), Gen.Bool).SampleAsync(async (seed, kind, bytes, isPacked) =>
    {
        var random = new Random(seed);
        var (store, value, collection) = await WriteAsync(kind, seed, CountFor(kind, random, bytes), isPacked: isPacked);
        // The index changes nothing of the value.
        Assert.Equal((await store.Artifacts.WriteAsync(kind.Artifact, collection, default)).Hash, value.Hash);
        Assert.Equal(value.Size >= ItemIndex.LeastBytes && !(kind.Name == "rows" && kind.Items.Count(collection) <= Table.GroupRows), value.Items is not null);
        if (value.Items is null) return;

        var items = await StoredItems.OpenAsync(store.Artifacts, value, kind.Items, default);
        var count = kind.Items.Count(collection);
        Assert.Equal(count, items.Count);
        int[] some = [0, count - 1, .. Enumerable.Range(0, 20).Select(_ => random.Next(count)), .. Enumerable.Range(random.Next(count - 5), 5)];
        foreach (var i in some)
        {
            var taken = await items.FindAsync(i, default);
            Assert.Equal(Json(kind, kind.Items.Item(collection, i)), Json(kind, kind.Items.Item(taken.Part, taken.Position)));
            // And without knowing the type.
            Assert.Equal(Json(kind, kind.Items.Item(collection, i)), Text((await ListItem.ReadAsync(store.Artifacts, value, i, "rows")).Write));
        }

        // The same from a list without an index.
        var plain = await store.Artifacts.WriteAsync(kind.Artifact, collection, default);
        Assert.Equal(Json(kind, kind.Items.Item(collection, some[2])), Text((await ListItem.ReadAsync(store.Artifacts, plain, some[2], "rows")).Write));
        Assert.Equal("FG1008", (await Assert.ThrowsAsync<FlowException>(async () => await ListItem.ReadAsync(store.Artifacts, value, count, "rows"))).Code);
    }, iter: 60, threads: 2);

    private static string Json(Kind kind, object? item)
    {
        var encoded = new ArrayBufferWriter<byte>();
        kind.Items.Encode(encoded, item);
        return kind.Name == "byte" ? $"{item}" : Text(json => MessagePackJson.Write(json, new ReadOnlySequence<byte>(encoded.WrittenMemory), full: true));
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text)) write(json);
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    [Fact]
    public async Task Item_OfACollectionOf64Megabytes_IsReadFromOneRangeOfIt()
    {
        var objects = new CountingStore(new InMemoryStore());
        var (store, value, collection) = await WriteAsync(Kinds[0], 1, 16 << 20, objects);
        objects.Reads.Clear();
        objects.Bytes = 0;

        var items = await StoredItems.OpenAsync(store.Artifacts, value, Kinds[0].Items, default);
        objects.Reads.Clear();
        var taken = await items.FindAsync(9_000_000, default);

        Assert.Equal(((int[])collection)[9_000_000], ((int[])taken.Part)[taken.Position]);
        Assert.Single(objects.Reads);
        // The list of chunks and two segments: the first tells whether the type is right.
        Assert.InRange(objects.Bytes, 128 << 10, 130 << 10);
    }

    [Fact]
    public async Task Items_OneAfterAnother_AreReadMoreAtATime()
    {
        var objects = new CountingStore(new InMemoryStore());
        var (store, value, collection) = await WriteAsync(Kinds[0], 1, 4 << 20, objects);
        objects.Reads.Clear();
        objects.Bytes = 0;

        var items = await StoredItems.OpenAsync(store.Artifacts, value, Kinds[0].Items, default);
        for (var i = 0; i < items.Count; i += 1000)
        {
            var taken = await items.FindAsync(i, default);
            Assert.Equal(((int[])collection)[i], ((int[])taken.Part)[taken.Position]);
        }

        // 16 MiB in 256 segments: 1, 2, 4, ... 64 of them, then 64 at a time; where two chunks meet, two reads; and the list.
        Assert.InRange(objects.Reads.Count, 8, 16);
        Assert.InRange(objects.Bytes, value.Size, value.Size + 2000);
    }

    [Fact]
    public async Task Items_OfCompressedChunks_AreReadFromWholeChunksOnce()
    {
        var objects = new CountingStore(new InMemoryStore());
        var (store, value, collection) = await WriteAsync(Kinds[2], 1, 3 << 20, objects);
        Assert.True(value.Size > 2 * ChunkList.ChunkSize);
        objects.Reads.Clear();

        var items = await StoredItems.OpenAsync(store.Artifacts, value, Kinds[2].Items, default);
        for (var i = 0; i < 1 << 20; i += 5000)
        {
            var taken = await items.FindAsync(i, default);
            Assert.Equal(((double[])collection)[i], ((double[])taken.Part)[taken.Position]);
        }

        // The list, a part that is not what it should be, one chunk, and the beginning of the next.
        Assert.InRange(objects.Reads.Count, 3, 5);
    }

    [Fact]
    public async Task Item_AnyBitOfAnyObjectFlipped_IsTheItemOrAnErrorThatNamesTheObject() => await Gen.Select(Gen.Int[0, int.MaxValue], AnyOf(Kinds[0], Kinds[2], Kinds[3], Kinds[6]), AnyOf(400_000, 2_000_000, 9_000_000), Gen.Bool).SampleAsync(async (seed, kind, bytes, isPacked) =>
    {
        var random = new Random(seed);
        var objects = new InMemoryStore();
        var (store, value, collection) = await WriteAsync(kind, seed, CountFor(kind, random, bytes), objects, isPacked);
        if (value.Items is null) return;
        var there = await objects.ListAsync("blobs/").ToListAsync();
        if (there.Count == 0) return;
        var hit = there[random.Next(there.Count)].Key;
        var damaged = (await objects.GetAsync(hit))!.ToArray();
        var isCut = random.Next(3) == 0;
        if (isCut) damaged = damaged[..random.Next(damaged.Length)];
        else damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        await objects.PutAsync(hit, new(damaged));

        var errors = 0;
        var count = kind.Items.Count(collection);
        foreach (var i in Enumerable.Range(0, 12).Select(n => n * (count - 1) / 11))
        {
            try
            {
                var items = await StoredItems.OpenAsync(store.Artifacts, value, kind.Items, default);
                var taken = await items.FindAsync(i, default);
                Assert.Equal(Json(kind, kind.Items.Item(collection, i)), Json(kind, kind.Items.Item(taken.Part, taken.Position)));
            }
            catch (FlowException e)
            {
                errors++;
                Assert.Equal(4, e.ExitCode);
                Assert.Contains(hit, e.Message, StringComparison.Ordinal);
            }
        }

        // Compressed objects are read whole; so are lists of chunks.
        if (there.Count == 1 && isCut) Assert.InRange(errors, 1, 12);
    }, iter: 60, threads: 2);

    [Fact]
    public async Task Item_IndexOfAnotherCollection_IsAnError()
    {
        var (store, value, _) = await WriteAsync(Kinds[0], 1, 100_000);
        var (_, other, _) = await WriteAsync(Kinds[0], 2, 100_000);
        var (_, longer, _) = await WriteAsync(Kinds[0], 2, 100_001);

        foreach (var index in new[] { other.Items!, longer.Items! })
            Assert.Equal(StoreErrors.Damaged, (await Assert.ThrowsAsync<FlowException>(async () => await StoredItems.OpenAsync(store.Artifacts, value.Indexed(index), Kinds[0].Items, default))).Code);
    }

    [Fact]
    public async Task Collection_OfOtherItems_IsNoticedWhenItIsOpened()
    {
        var (store, value, _) = await WriteAsync(Kinds[0], 1, 100_000);
        await Assert.ThrowsAsync<ArtifactFormatException>(async () => await StoredItems.OpenAsync(store.Artifacts, value, Kinds[3].Items, default));
        await Assert.ThrowsAsync<ArtifactFormatException>(async () => await StoredItems.OpenAsync(store.Artifacts, value, Kinds[6].Items, default));
    }

    [Theory]
    [InlineData(30_000, false)] // 120 KiB
    [InlineData(70_000, true)]
    public async Task Collection_IsIndexed_FromAQuarterOfAMegabyteOn(int numbers, bool isIndexed)
    {
        var (_, value, _) = await WriteAsync(Kinds[0], 1, numbers);
        Assert.Equal(isIndexed, value.Items is not null);
    }

    [Fact]
    public async Task Value_ThatOnlyHoldsCollections_HasNoIndex()
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        var pairs = new ArtifactDefinition<KeyValuePair<int[], int[]>, KeyValuePairCodec<int[], ArrayCodec<int, Int32Codec>, int[], ArrayCodec<int, Int32Codec>>> { Name = "pairs", TypeName = "pair", Shareable = false };
        var value = await store.Artifacts.WriteCollectionAsync(pairs, KeyValuePair.Create(new int[200_000], new int[200_000]), default);
        Assert.Null(value.Items);
        // And what comes next on the thread is not taken for it.
        Assert.Null((await store.Artifacts.WriteAsync(Kinds[0].Artifact, new int[200_000], default)).Items);
    }

    [Fact]
    public async Task Marks_OfACollection_IncludeItsIndex()
    {
        var (store, value, _) = await WriteAsync(Kinds[0], 1, 16 << 20, isPacked: true);
        Assert.NotNull(value.Items!.Container);
        var marks = new BlobMarks(store.Artifacts);
        await marks.AddAsync(value, default);
        Assert.True(marks.Has(value.Items.Container.Hash, value.Items.Container.Generation));
    }

    [Fact]
    public void Index_AnyBytes_IsOneOrAFormatError() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            var index = Wire.Read("s", "k", bytes, ItemIndex.Decode);
            Assert.Equal(bytes, index.Encode());
        }
        catch (FlowException e)
        {
            Assert.Equal(StoreErrors.Damaged, e.Code);
        }
    });
}
