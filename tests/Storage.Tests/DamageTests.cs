using System.Buffers;
using System.IO.Hashing;
using CsCheck;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Whatever happens to a stored object, reading gives a coded error that names it, and nothing else.</summary>
public class DamageTests
{
    private static async Task<(InMemoryStore Store, RunKey Run, List<StoredObject> Objects)> MakeAsync(bool big = true)
    {
        var memory = new InMemoryStore();
        var store = await Samples.OpenAsync(memory);
        var manifest = Samples.Manifest();
        await SmallRun.WriteAsync(store, manifest, big);
        var objects = await memory.ListAsync("").ToListAsync();
        objects.RemoveAll(o => o.Key.StartsWith("machines/", StringComparison.Ordinal));
        return (memory, manifest.Run, objects);
    }

    private static async Task AssertDamageIsToldAsync(InMemoryStore store, RunKey run, string key, Func<byte[], byte[]?> damage)
    {
        var original = (await store.GetAsync(key))!;
        if (damage([.. original]) is { } bytes) await store.PutAsync(key, new ReadOnlySequence<byte>(bytes));
        else await store.DeleteAsync(key);
        var error = await Assert.ThrowsAsync<FlowException>(() => SmallRun.ReadAllAsync(store, run));
        Assert.True(error.Code is "FG1107" or "FG1108" or "FG1111" && error.ExitCode == 4, $"{key}: {error.Code} {error.Message}");
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        await store.PutAsync(key, new ReadOnlySequence<byte>(original));
    }

    [Fact]
    public async Task Read_EveryObjectTruncated_NamesIt()
    {
        var (store, run, objects) = await MakeAsync();
        foreach (var o in objects)
            foreach (var length in new[] { 0, 1, 7, 8, 19, 20, 21, (int)o.Size / 2, (int)o.Size - 1 })
                if (length < o.Size) await AssertDamageIsToldAsync(store, run, o.Key, bytes => bytes[..length]);
    }

    [Fact]
    public async Task Read_EveryObjectExtended_NamesIt()
    {
        var (store, run, objects) = await MakeAsync();
        foreach (var o in objects) await AssertDamageIsToldAsync(store, run, o.Key, bytes => [.. bytes, 0]);
    }

    [Fact]
    public async Task Read_EveryByteOfSmallObjectsFlipped_NamesIt()
    {
        var (store, run, objects) = await MakeAsync(big: false);
        var random = new Random(5);
        foreach (var o in objects)
        {
            // A part of a pack is read alone, so only the values in it are protected by a hash; all of its bytes are, when it is read whole.
            var isPack = o.Size > 40_000;
            for (var i = isPack ? Envelope.HeaderSize : 0; i < o.Size - (isPack ? Envelope.TrailerSize : 0); i += o.Size > 5000 ? 499 : 1)
            {
                await AssertDamageIsToldAsync(store, run, o.Key, bytes =>
                {
                    bytes[i] ^= (byte)(1 << random.Next(8));
                    return bytes;
                });
            }
        }
    }

    [Fact]
    public async Task Read_BigObjectsFlipped_NamesThem()
    {
        var (store, run, objects) = await MakeAsync();
        foreach (var o in objects.Where(o => o.Size > 1_000_000))
            foreach (var at in new[] { 0L, 6, 8, o.Size / 2, o.Size - 13, o.Size - 12, o.Size - 1 })
            {
                await AssertDamageIsToldAsync(store, run, o.Key, bytes =>
                {
                    bytes[at] ^= 4;
                    return bytes;
                });
            }
    }

    [Fact]
    public async Task Read_AnyObjectMissing_NamesIt()
    {
        var (store, run, objects) = await MakeAsync();
        var last = objects.FindLast(o => o.Key.Contains("/log/", StringComparison.Ordinal)).Key;
        // Without its first slot there is no run, without its last it is not finished, without a format the store is new: none of these can be known to be missing.
        foreach (var o in objects.Where(o => o.Key != last && o.Key != "format" && !o.Key.EndsWith("/log/0000000000", StringComparison.Ordinal)))
            await AssertDamageIsToldAsync(store, run, o.Key, _ => null);
    }

    [Fact]
    public async Task Read_ObjectsExchanged_NamesOneOfThem()
    {
        var (store, run, objects) = await MakeAsync();
        foreach (var a in objects)
        {
            foreach (var b in objects.Where(b => b.Key != a.Key))
            {
                var (first, second) = ((await store.GetAsync(a.Key))!, (await store.GetAsync(b.Key))!);
                await store.PutAsync(a.Key, new(second));
                await store.PutAsync(b.Key, new(first));
                var error = await Assert.ThrowsAsync<FlowException>(() => SmallRun.ReadAllAsync(store, run));
                Assert.True(error.Message.Contains(a.Key, StringComparison.Ordinal) || error.Message.Contains(b.Key, StringComparison.Ordinal), error.Message);
                await store.PutAsync(a.Key, new(first));
                await store.PutAsync(b.Key, new(second));
            }
        }
    }

    [Fact]
    public async Task Read_NewerVersion_IsToldAsSuch()
    {
        var (store, run, objects) = await MakeAsync(big: false);
        foreach (var o in objects.Where(o => o.Size < 40_000)) // a pack is read in part
        {
            var original = (await store.GetAsync(o.Key))!;
            await store.PutAsync(o.Key, new(Seal([.. original], bytes => bytes[4] = Envelope.Version + 1)));
            var error = await Assert.ThrowsAsync<FlowException>(() => SmallRun.ReadAllAsync(store, run));
            Assert.Equal("FG1108", error.Code);
            Assert.Contains(o.Key, error.Message, StringComparison.Ordinal);
            await store.PutAsync(o.Key, new(original));
        }
    }

    [Fact]
    public async Task Read_SlotTamperedWithAndSealedAgain_IsAnErrorOrARun()
    {
        // Somebody who recomputes the checksum can write anything; it must still never crash, hang or take memory.
        var (store, run, objects) = await MakeAsync(big: false);
        var contents = new Dictionary<string, byte[]>();
        foreach (var o in objects) contents.Add(o.Key, (await store.GetAsync(o.Key))!);
        var slots = contents.Keys.Where(k => k.Contains("/log/", StringComparison.Ordinal)).ToArray();
        var (errors, runs) = (0, 0);
        await Gen.Select(Gen.Int[0, slots.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 4]).SampleAsync(
            async (slot, changes) =>
            {
                var tampered = Seal([.. contents[slots[slot]]], bytes =>
                {
                    foreach (var (where, value) in changes) bytes[Envelope.HeaderSize + (int)(where * (bytes.Length - Envelope.Overhead - 1))] = value;
                });
                var copy = new InMemoryStore();
                foreach (var (key, bytes) in contents) await copy.PutAsync(key, new(key == slots[slot] ? tampered : bytes));
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    await SmallRun.ReadAllAsync(copy, run);
                    runs++;
                }
                catch (FlowException e) when (e.ExitCode == 4)
                {
                    errors++;
                }
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > 64 << 20) throw new InvalidOperationException($"{allocated >> 20} MiB for a run of a few KiB");
            }, iter: 3000, threads: 1);
        Assert.True(errors > 500 && runs > 100, $"{errors} errors, {runs} runs");
    }

    [Theory]
    [InlineData("c6ffffffff00")] // binary
    [InlineData("dbffffffff00")] // text
    [InlineData("c9ffffffff0100")] // extension
    [InlineData("91c6ffffffff00")]
    public void Skip_LengthOfAlmost4GiB_IsTheEndOfTheBytes(string hex) =>
        Assert.Throws<EndOfStreamException>(() =>
        {
            var reader = new MessagePack.MessagePackReader(Convert.FromHexString(hex));
            FlowGen.CompilerServices.ObjectCodec.Skip(ref reader);
        });

    [Fact]
    public void Open_RandomBytes_IsDamaged() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var error = Assert.Throws<FlowException>(() => Envelope.Open("s", "some/key", ObjectKind.Slot, bytes, out _, out _));
            Assert.Equal("FG1107", error.Code);
        }, iter: 2000);

    [Fact]
    public void Open_WhatWasWrapped_IsTheContent() =>
        Gen.Byte.Array[0, 2000].Sample(bytes =>
        {
            var framed = Envelope.Wrap(ObjectKind.Blob, bytes).ToArray();
            Assert.Equal(bytes, Envelope.Open("s", "k", ObjectKind.Blob, framed).ToArray());
            Assert.Throws<FlowException>(() => Envelope.Open("s", "k", ObjectKind.Slot, framed));
        });

    [Fact]
    public async Task ReadAsync_BombThatDeclaresLittle_StopsAtTheDeclaredLength()
    {
        using var compressor = new ZstdSharp.Compressor(1);
        var zeros = new byte[100 << 20];
        var bomb = compressor.Wrap(zeros).ToArray();
        var hash = Hash256.Of(new byte[1000]);
        var store = new InMemoryStore();
        await store.PutAsync(BlobObjects.Key(hash, 0), Envelope.Wrap(ObjectKind.Blob, ObjectEncoding.Zstd, bomb, 1000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = await Assert.ThrowsAsync<FlowException>(async () => await new ArtifactStore(store, TimeProvider.System).ReadAsync(StoredValue.InBlob(hash, 1000, 0), default));
        Assert.Equal("FG1107", error.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Changes bytes and makes the checksum right again.</summary>
    private static byte[] Seal(byte[] bytes, Action<byte[]> change)
    {
        change(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), Crc32.HashToUInt32(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }
}
