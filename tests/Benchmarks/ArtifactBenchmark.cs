using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Benchmarks.Flows;
using Benchmarks.Measuring;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Benchmarks;

/// <summary>A big <c>double[]</c> into the datastore on disk and back, against hashing and against writing and reading the same bytes as a plain file.</summary>
internal static class ArtifactBenchmark
{
    private const int Block = 8 << 20;

    public static async Task RunAsync(Settings settings, Table table)
    {
        var (numbers, random) = (new double[settings.ArtifactBytes / sizeof(double)], new Random(1));
        for (var i = 0; i < numbers.Length; i++) numbers[i] = random.NextDouble();
        await RunAsync(settings, table, "random", numbers);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = i / 4;
        await RunAsync(settings, table, "compressible", numbers);
        Directory.Delete(settings.Folder, recursive: true);
    }

    private static async Task RunAsync(Settings settings, Table table, string kind, double[] numbers)
    {
        var bytes = numbers.LongLength * sizeof(double);
        var definition = Definitions.Of<BigFlow>().Artifacts[0];
        var plain = Path.Combine(settings.Folder, "plain.bin");
        var folder = Path.Combine(settings.Folder, "big");
        Directory.CreateDirectory(settings.Folder);
        StoredValue? stored = null;
        ArtifactStore? store = null;

        async Task WriteAsync()
        {
            store = (await RunStore.OpenAsync(ObjectStores.Open(folder), forWriting: true, TimeProvider.System, default)).Artifacts;
            stored = await store.WriteAsync(definition, numbers, default);
        }
        async Task ReadAsync()
        {
            var read = (double[])definition.Decode(await store!.ReadAsync(stored!, default))!;
            if (read[^1] != numbers[^1]) throw new InvalidOperationException("The numbers changed.");
        }
        var times = await Measure.MediansAsync(Math.Min(settings.Rounds, 3),
            new(WriteAsync, () => Delete(folder)),
            new(ReadAsync),
            new(() => Task.FromResult(Hash(numbers))),
            new(() => WriteFile(plain, numbers)),
            new(() => ReadFile(plain, new double[numbers.Length])));

        void Row(string what, TimeSpan value, string baseline, TimeSpan other, double? bar) => table.Add(
            what, Text.Speed(bytes, value), $"{baseline}: {Text.Speed(bytes, other)}", other / value, bar is null ? "" : $"ratio >= {bar:0.00}", bar is null ? null : other / value >= bar);

        var size = $"{bytes / (double)(1 << 20):0} MiB of double[], {kind}";
        Row($"write {size}", times[0], "SHA-256", times[2], 1 / 3.0);
        Row($"write {size}", times[0], "plain file, flushed", times[3], null);
        Row($"read {size}", times[1], "SHA-256", times[2], 1 / 3.0);
        Row($"read {size}", times[1], "plain file", times[4], null);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static byte[] Hash(double[] numbers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in Blocks(numbers)) hash.AppendData(MemoryMarshal.AsBytes(block.Span));
        return hash.GetHashAndReset();
    }

    private static Task WriteFile(string path, double[] numbers)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        foreach (var block in Blocks(numbers)) file.Write(MemoryMarshal.AsBytes(block.Span));
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    private static Task ReadFile(string path, double[] numbers)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        foreach (var block in Blocks(numbers)) file.ReadExactly(MemoryMarshal.AsBytes(block.Span));
        return Task.CompletedTask;
    }

    private static IEnumerable<Memory<double>> Blocks(double[] numbers)
    {
        for (var start = 0; start < numbers.Length; start += Block / sizeof(double))
            yield return numbers.AsMemory(start, Math.Min(Block / sizeof(double), numbers.Length - start));
    }
}
