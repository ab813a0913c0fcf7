using System.Buffers;
using System.Globalization;
using Benchmarks.Flows;
using Benchmarks.Measuring;
using FlowGen.CompilerServices;
using Table = Benchmarks.Measuring.Table;
using Text = Benchmarks.Measuring.Text;

namespace Benchmarks;

/// <summary>A list of flat objects column by column, against the same list object by object: size, size after compression, time to encode and to decode, in memory.</summary>
internal static class TableBenchmark
{
    private const int CompressionLevel = 3;

    public static async Task RunAsync(Settings settings, Table table)
    {
        var artifacts = Definitions.Of<SalesFlow>().Artifacts.ToDictionary(artifact => artifact.Name);
        var sales = Sale.Many(settings.Rows);
        await RunAsync(settings, table, "sales", artifacts["columns"], artifacts["objects"], sales, bar: 5);
        await RunAsync(settings, table, "rows without repeats", artifacts["randomColumns"], artifacts["randomObjects"], Reading.Many(settings.Rows), bar: null);
    }

    private static async Task RunAsync(Settings settings, Table table, string kind, ArtifactDefinition columns, ArtifactDefinition objects, object rows, double? bar)
    {
        var (byColumn, byObject) = (Encode(columns, rows), Encode(objects, rows));
        var times = await Measure.MediansAsync(settings.Rounds,
            new Body(() => Task.FromResult(Encode(columns, rows))), new Body(() => Task.FromResult(Encode(objects, rows))),
            new Body(() => Task.FromResult(columns.Decode(new ReadOnlySequence<byte>(byColumn)))), new Body(() => Task.FromResult(objects.Decode(new ReadOnlySequence<byte>(byObject)))));

        void Row(string what, string value, string other, double ratio, bool isBarred = true) => table.Add(
            $"{what} {settings.Rows} {kind}", value, "object by object: " + other, ratio, bar is { } least && isBarred ? $"ratio >= {least:0}" : "", bar is { } min && isBarred ? ratio >= min : null);

        Row("bytes per row of", PerRow(byColumn.Length), PerRow(byObject.Length), (double)byObject.Length / byColumn.Length);
        var (packedColumns, packedObjects) = (Compress(byColumn), Compress(byObject));
        Row("compressed bytes per row of", PerRow(packedColumns), PerRow(packedObjects), (double)packedObjects / packedColumns, isBarred: false);
        Row("encode", Text.Milliseconds(times[0]), Text.Milliseconds(times[1]), times[1] / times[0]);
        Row("decode", Text.Milliseconds(times[2]), Text.Milliseconds(times[3]), times[3] / times[2]);

        string PerRow(int bytes) => ((double)bytes / settings.Rows).ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static byte[] Encode(ArtifactDefinition artifact, object rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        artifact.Encode(buffer, rows);
        return buffer.WrittenSpan.ToArray();
    }

    private static int Compress(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor(CompressionLevel);
        return compressor.Wrap(bytes).Length;
    }
}
