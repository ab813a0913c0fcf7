using System.Buffers;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

public class ArtifactStoreTests
{
    private static async Task<(ArtifactStore Artifacts, InMemoryStore Objects)> OpenAsync()
    {
        var objects = new InMemoryStore();
        return ((await Samples.OpenAsync(objects)).Artifacts, objects);
    }

    private static byte[] Content(string kind, int length) => kind switch
    {
        "random" => Samples.Random(length, 9),
        "zeros" => new byte[length],
        "text" => System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, length / 10 + 1).Select(i => $"{i % 100_000:d9}\n")))[..length],
        _ => [.. Samples.Random(length / 2, 9), .. new byte[length - length / 2]],
    };

    [Theory]
    [InlineData("random", 40 << 20)]
    [InlineData("zeros", 40 << 20)]
    [InlineData("text", 40 << 20)]
    [InlineData("half", 40 << 20)]
    [InlineData("random", (16 << 20) - 5)]
    [InlineData("random", (8 << 20) - 5)]
    [InlineData("random", (8 << 20) - 4)]
    [InlineData("text", (1 << 20) - 4)]
    [InlineData("text", (1 << 20) - 5)]
    [InlineData("random", 5000)]
    [InlineData("random", 10)]
    public async Task WriteAsync_AnySize_ReadsBack(string kind, int length)
    {
        var (artifacts, objects) = await OpenAsync();
        var content = Content(kind, length);
        var value = await artifacts.WriteAsync(BinaryArtifact.Instance, content, default);
        var header = length < 256 ? 2 : length < 65536 ? 3 : 5;
        Assert.Equal(length + header, value.Size);
        Assert.Equal(value.Size > StoredValue.PackLimit, value.IsBlob);
        var read = await artifacts.ReadAsync(value, default);
        Assert.Equal(value.Size, read.Length);
        Assert.True(content.AsSpan().SequenceEqual((byte[])BinaryArtifact.Instance.Decode(read)!));

        var blobs = await objects.ListAsync("blobs/").ToListAsync();
        var chunks = (value.Size + ChunkList.ChunkSize - 1) / ChunkList.ChunkSize;
        var same = kind is "zeros" or "half" ? blobs.Count : chunks > 1 ? chunks + 1 : value.IsBlob ? 1 : 0; // equal chunks are stored once
        Assert.Equal(same, blobs.Count);
        var stored = blobs.Sum(b => b.Size);
        if (kind == "random" && value.IsBlob) Assert.InRange(stored, value.Size, value.Size + 1000);
        if (kind is "zeros" or "text" && value.IsBlob) Assert.InRange(stored, 1, value.Size / 2);
    }

    [Fact]
    public async Task ReadAsync_OneBigBlock_ReadsEachChunkOnceButForTheEnds()
    {
        var objects = new CountingStore(new InMemoryStore());
        var artifacts = (await Samples.OpenAsync(objects)).Artifacts;
        var numbers = new double[10 << 20]; // 80 MiB, each chunk of other content
        for (var i = 0; i < numbers.Length; i++) numbers[i] = i >> 12;
        var definition = new ArtifactDefinition<double[], ArrayCodec<double, DoubleCodec>> { Name = "numbers", TypeName = "double[]", Shareable = false };
        var value = await artifacts.WriteAsync(definition, numbers, default);
        objects.Reads.Clear();

        Assert.Equal(numbers, (double[])definition.Decode(await artifacts.ReadAsync(value, default))!);

        // The list, 11 chunks; the last is looked at first, to know that all is there, with what is read ahead of the first.
        Assert.InRange(objects.Reads.Count, 12, 12 + 5);
    }

    [Fact]
    public async Task WriteAsync_AboveAChunk_IdentityIsTheHashOfTheListOfHashes()
    {
        var (artifacts, _) = await OpenAsync();
        var content = Content("random", 20 << 20);
        var value = await artifacts.WriteAsync(new MemoryStream(content), default);
        byte[] list = [.. content.Chunk(8 << 20).SelectMany(chunk => System.Security.Cryptography.SHA256.HashData(chunk))];
        Assert.Equal(Hash256.Of(list), value.Hash);
    }

    [Fact]
    public async Task WriteAsync_SameContentTwice_IsStoredOnce()
    {
        var (artifacts, objects) = await OpenAsync();
        var first = await artifacts.WriteAsync(BinaryArtifact.Instance, Content("text", 20 << 20), default);
        var before = await objects.ListAsync("blobs/").ToListAsync();
        var second = await artifacts.WriteAsync(BinaryArtifact.Instance, Content("text", 20 << 20), default);
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(before, await objects.ListAsync("blobs/").ToListAsync());
    }

    [Fact]
    public async Task WriteAsync_EncoderAsksForLargeSpans_CutsThem()
    {
        var (artifacts, _) = await OpenAsync();
        var content = Content("random", 30 << 20);
        var value = await artifacts.WriteAsync(new SpanArtifact { Name = "a", TypeName = "a", Shareable = true }, content, default);
        Assert.Equal((await artifacts.WriteAsync(new MemoryStream(content), default)).Hash, value.Hash);
        var read = await artifacts.ReadAsync(value, default);
        Assert.True(content.AsSpan().SequenceEqual(read.ToArray()));
    }

    [Fact]
    public async Task ReadAsync_LookingBackAndIntoTheMiddle_Works()
    {
        var (artifacts, _) = await OpenAsync();
        var content = Content("random", 64 << 20);
        var read = await artifacts.ReadAsync(await artifacts.WriteAsync(new MemoryStream(content), default), default);
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var (start, length) = (random.Next(content.Length - 3000), random.Next(3000));
            if (i % 10 == 0) (start, length) = ((8 << 20) * (1 + i / 10) - 1000, 2000); // across a border
            Assert.True(content[start..(start + length)].AsSpan().SequenceEqual(read.Slice(start, length).ToArray()));
        }
    }

    [Fact]
    public async Task OpenRead_SmallAndLarge_IsAStreamThatSeeks()
    {
        var (artifacts, _) = await OpenAsync();
        foreach (var length in new[] { 0, 3, 5000, 20 << 20 })
        {
            var content = Content("random", length);
            await using var stream = artifacts.OpenRead(await artifacts.WriteAsync(new MemoryStream(content), default));
            Assert.Equal(length, stream.Length);
            var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
            stream.Seek(-Math.Min(2, length), SeekOrigin.End);
            Assert.Equal(Math.Min(2, length), stream.Read(new byte[10]));
            Assert.Equal(0, stream.Read(new byte[10]));
        }
    }

    [Fact]
    public async Task WriteFileAsync_FileGrowsWhileItIsRead_IsAnError()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var path = Path.Combine(folder.Path, "input.csv");
        File.WriteAllBytes(path, new byte[30 << 20]);
        // The second chunk's put finds time to change the file.
        var changed = false;
        var store = new FaultyStore(new InMemoryStore(), put =>
        {
            if (!changed) File.AppendAllText(path, "x");
            changed = true;
            return Fault.None;
        });
        var error = await Assert.ThrowsAsync<FlowException>(async () => await new ArtifactStore(store, TimeProvider.System).WriteFileAsync(path, default));
        Assert.Equal(("FG1113", 2), (error.Code, error.ExitCode));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteFileAsync_NoSuchFile_NamesIt()
    {
        var (artifacts, _) = await OpenAsync();
        var error = await Assert.ThrowsAsync<FlowException>(async () => await artifacts.WriteFileAsync("/no/such/file.csv", default));
        Assert.Equal(("FG1114", 2), (error.Code, error.ExitCode));
        Assert.Contains("/no/such/file.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_StoreAwayForAWhile_WaitsForIt()
    {
        var store = new FaultyStore(new InMemoryStore(), put => put < 5 ? Fault.Unavailable : Fault.None);
        List<string> notices = [];
        var artifacts = new ArtifactStore(store, new InstantTime()) { Notice = notices.Add };
        var value = await artifacts.WriteAsync(new MemoryStream([1, 2, 3]), default);
        Assert.Equal([1, 2, 3], (await artifacts.ReadAsync(value, default)).ToArray());
        Assert.Equal(2, notices.Count);
    }

    [Fact]
    public async Task WriteAsync_StoreAwayForGood_GivesUpWithACode()
    {
        var store = new FaultyStore(new InMemoryStore(), _ => Fault.Unavailable);
        var error = await Assert.ThrowsAsync<FlowException>(async () => await new ArtifactStore(store, new InstantTime()).WriteAsync(new MemoryStream([1, 2, 3]), default));
        Assert.Equal(("FG1110", 4), (error.Code, error.ExitCode));
    }

    /// <summary>Asks for odd sizes at once, as encoders of blocks do.</summary>
    private sealed class SpanArtifact : FlowGen.CompilerServices.ArtifactDefinition
    {
        public override void Encode(IBufferWriter<byte> output, object? value)
        {
            var content = (byte[])value!;
            var random = new Random(1);
            for (var at = 0; at < content.Length;)
            {
                var part = Math.Min(content.Length - at, random.Next(1, 12 << 20));
                content.AsSpan(at, part).CopyTo(output.GetSpan(part));
                output.Advance(part);
                at += part;
            }
        }

        public override object? Decode(in ReadOnlySequence<byte> content) => content.ToArray();
    }
}
