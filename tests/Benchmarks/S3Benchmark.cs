using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Benchmarks.Measuring;
using FlowGen.Runs;
using FlowGen.S3;

namespace Benchmarks;

/// <summary>A store in S3 against a bare loop over the SDK, with the same sizes and as many requests at the same time. Needs the server of <c>build/engines/s3/up.sh</c>.</summary>
internal static class S3Benchmark
{
    private const string Bucket = "flowgen-tests";

    private const int Chunk = 8 << 20, Small = 1 << 10;

    /// <summary>How many chunks of one value are written, and read, at the same time; and how many small objects here.</summary>
    private const int Writers = 5, Readers = 4, Many = 32;

    private const double Bar = 0.7;

    public static async Task RunAsync(Settings settings, Table table)
    {
        if (Environment.GetEnvironmentVariable("FLOWGEN_TEST_S3") is not { Length: > 0 } server)
        {
            await Console.Error.WriteLineAsync("S3 is not measured: there is no server (build/engines/s3/up.sh).");
            return;
        }
        using var client = new AmazonS3Client(new AmazonS3Config
        {
            ServiceURL = server,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        await BlobsAsync(settings, table, client, server);
        await ObjectsAsync(settings, table, client, server);
    }

    private static async Task BlobsAsync(Settings settings, Table table, AmazonS3Client client, string server)
    {
        var (content, round) = (new byte[settings.S3Bytes], 0);
        ArtifactStore? store = null;
        StoredValue? stored = null;
        var prefix = "";

        async Task WriteAsync()
        {
            store = (await RunStore.OpenAsync(Open(server), forWriting: false, TimeProvider.System, default)).Artifacts;
            stored = await store.WriteAsync(new MemoryStream(content), default);
        }
        async Task ReadAsync()
        {
            await using var stream = store!.OpenRead(stored!);
            var read = new byte[content.Length];
            await stream.ReadExactlyAsync(read);
        }
        var chunks = Enumerable.Range(0, content.Length / Chunk).ToArray();
        var times = await Measure.MediansAsync(settings.Rounds,
            new(WriteAsync, () => new Random(++round).NextBytes(content)),
            new(() => EachAsync(chunks, Writers, i => PutAsync(client, $"{prefix}{i}", content, i * Chunk, Chunk)), () => prefix = $"bench/{Guid.NewGuid():n}/"),
            new(ReadAsync),
            new(() => EachAsync(chunks, Readers, i => GetAsync(client, $"{prefix}{i}", Chunk))));

        var size = $"{content.Length >> 20} MiB blob";
        Row($"S3: write {size}", Text.Speed(content.Length, times[0]), Text.Speed(content.Length, times[1]), times[1] / times[0]);
        Row($"S3: read {size}", Text.Speed(content.Length, times[2]), Text.Speed(content.Length, times[3]), times[3] / times[2]);

        void Row(string what, string value, string other, double ratio) => table.Add(what, value, "SDK, chunk by chunk: " + other, ratio, $"ratio >= {Bar:0.00}", ratio >= Bar);
    }

    private static async Task ObjectsAsync(Settings settings, Table table, AmazonS3Client client, string server)
    {
        var (content, all) = (new byte[Small], Enumerable.Range(0, settings.S3Objects).ToArray());
        new Random(1).NextBytes(content);
        S3Store? store = null;
        var prefix = "";

        var times = await Measure.MediansAsync(settings.Rounds,
            new(() => EachAsync(all, Many, async i => await store!.PutIfAbsentAsync($"small/{i}", new(content))), () => store = Open(server)),
            new(() => EachAsync(all, Many, i => PutAsync(client, $"{prefix}{i}", content, 0, Small)), () => prefix = $"bench/{Guid.NewGuid():n}/"),
            new(() => EachAsync(all, Many, async i => { if ((await store!.GetAsync($"small/{i}"))!.Length != Small) throw new InvalidOperationException("The object changed."); })),
            new(() => EachAsync(all, Many, i => GetAsync(client, $"{prefix}{i}", Small))));

        var size = $"{all.Length:#,0} objects of 1 KiB, {Many} at once";
        Row($"S3: put {size}", times[0], times[1]);
        Row($"S3: get {size}", times[2], times[3]);

        void Row(string what, TimeSpan time, TimeSpan other) =>
            table.Add(what, Text.PerSecond(all.Length, time), "SDK: " + Text.PerSecond(all.Length, other), other / time, $"ratio >= {Bar:0.00}", other / time >= Bar);
    }

    private static S3Store Open(string server) => new(FlowGen.S3.S3Location.Parse($"s3://{Bucket}/bench/{Guid.NewGuid():n}?endpoint={server}", static _ => null));

    private static Task EachAsync(int[] items, int atOnce, Func<int, Task> body) => Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await body(i));

    private static async Task PutAsync(AmazonS3Client client, string key, byte[] content, int offset, int length) =>
        await client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(content, offset, length) });

    private static async Task GetAsync(AmazonS3Client client, string key, int length)
    {
        using var answer = await client.GetObjectAsync(Bucket, key);
        await answer.ResponseStream.ReadExactlyAsync(new byte[length]);
    }
}
