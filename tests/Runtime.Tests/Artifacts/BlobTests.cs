using System.Security.Cryptography;
using System.Text;
using FlowGen;

namespace Runtime.Tests.Artifacts;

/// <summary>Blobs outside of a run, as a unit test of a step sees them.</summary>
public sealed class BlobTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((8 << 20) - 1)]
    [InlineData(8 << 20)]
    [InlineData((8 << 20) + 1)]
    [InlineData(16 << 20)]
    [InlineData(20_000_000)]
    public async Task Blob_MadeInEveryWay_IsTheSameContent(int length)
    {
        var content = Random(length);
        var path = Path.Combine(_folder.FullName, "content");
        await File.WriteAllBytesAsync(path, content);
        Blob[] blobs =
        [
            Blob.FromBytes(content),
            await Blob.FromStreamAsync(new MemoryStream(content)),
            await Blob.FromStreamAsync(new Trickle(content)),
            await Blob.FromFileAsync(path),
            await Blob.WriteAsync(async stream => await WriteInPartsAsync(stream, content)),
        ];

        foreach (var blob in blobs)
        {
            Assert.Equal(length, blob.Length);
            Assert.Equal(blobs[0], blob);
            Assert.Equal(blobs[0].GetHashCode(), blob.GetHashCode());
            Assert.True((await blob.ReadAllBytesAsync()).AsSpan().SequenceEqual(content));
        }

        if (length <= 8 << 20) Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), blobs[0].Hash);
        else Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. content.Chunk(8 << 20).SelectMany(SHA256.HashData)])), blobs[0].Hash);
        if (length > 0) Assert.NotEqual(blobs[0], Blob.FromBytes(Random(length, 2)));
    }

    [Fact]
    public async Task OpenRead_AnyPlace_ReadsWhatIsThere()
    {
        var content = Random(30_000_000);
        var blob = Blob.FromBytes(content);
        using var stream = blob.OpenRead();
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var (start, part) = (i % 3 == 0 ? (8 << 20) * (1 + i / 3 % 3) - 10 : random.Next(content.Length), new byte[random.Next(1, 50)]);
            stream.Position = start;
            var count = i % 2 == 0 ? stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) : await stream.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false);
            Assert.Equal(Math.Min(part.Length, content.Length - start), count);
            Assert.True(content.AsSpan(start, count).SequenceEqual(part.AsSpan(0, count)));
        }

        Assert.Equal(content.Length, stream.Seek(0, SeekOrigin.End));
        Assert.Equal(0, stream.Read(new byte[1]));
        Assert.Throws<NotSupportedException>(() => stream.Write([1]));
    }

    [Fact]
    public async Task WriteAsync_WriterClosesItsStream_KeepsWhatWasWritten()
    {
        var blob = await Blob.WriteAsync(async stream =>
        {
            await using var writer = new StreamWriter(stream);
            for (var i = 0; i < 3; i++) await writer.WriteLineAsync($"line {i}");
            Assert.True(stream.Position >= 0);
        });

        Assert.Equal("line 0\nline 1\nline 2\n", Encoding.UTF8.GetString(await blob.ReadAllBytesAsync()).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task WriteAsync_AfterItIsComplete_CannotBeWrittenAnyMore()
    {
        Stream? kept = null;
        await Blob.WriteAsync(stream =>
        {
            kept = stream;
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await kept!.WriteAsync(new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => kept!.Write([1]));
    }

    [Fact]
    public async Task ReadAllBytesAsync_MoreThanTheLimit_SaysSoAndReadsNothing()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Blob.FromBytes(new byte[100]).ReadAllBytesAsync(99));
        Assert.Equal("The blob has 100 bytes, more than the 99 that were allowed. Read it as a stream with OpenRead(), or allow more.", error.Message);
    }

    [Fact]
    public async Task SaveAsAsync_ExistingFile_IsReplacedWhole()
    {
        var path = Path.Combine(_folder.FullName, "saved");
        await File.WriteAllTextAsync(path, "something that was here before, and longer");
        await Blob.FromBytes("new"u8).SaveAsAsync(path);
        Assert.Equal("new", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Blob.FromBytes(new byte[100]).SaveAsAsync(path, cancelled.Token));
        Assert.Equal("new", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task FromFileAsync_FileGrowsWhileItIsRead_IsAnError()
    {
        var path = Path.Combine(_folder.FullName, "growing");
        await File.WriteAllBytesAsync(path, new byte[100]);
        await using var file = FlowGen.Runs.WatchedFile.Open(path);
        Assert.True(file.IsUnchanged(100));
        await File.AppendAllTextAsync(path, "x");
        Assert.False(file.IsUnchanged(100));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Blob.FromFileAsync(Path.Combine(_folder.FullName, "none")));
    }

    private static async Task WriteInPartsAsync(Stream stream, byte[] content)
    {
        var random = new Random(7);
        for (var at = 0; at < content.Length;)
        {
            var part = content.AsMemory(at, Math.Min(content.Length - at, random.Next(1, 6_000_000)));
            if (random.Next(2) == 0) await stream.WriteAsync(part);
            else stream.Write(part.Span);
            at += part.Length;
        }
    }

    /// <summary>Gives less than is asked for.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 70_001)], cancellationToken);
    }
}
