using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;
using MessagePack;
using Wire = Runtime.Tests.Artifacts.Wire;

namespace Resilience.Tests.Fuzzing;

/// <summary>Values of every kind, and whoever shows them without their types.</summary>
public sealed class ArtifactFuzzTests
{
    private static bool IsFormatError(Exception e) => e is ArtifactFormatException;

    private static void Attack<T, TCodec>(params T[] values) where TCodec : struct, ICodec<T> =>
        new Fuzzer(typeof(TCodec).Name, [.. values.Select(Wire.Encode<T, TCodec>)], static bytes => Wire.Decode<T, TCodec>(bytes), IsFormatError).Run();

    [Fact]
    public void Scalars()
    {
        Attack<string, StringCodec>("", "a text of ümlauts 😀");
        Attack<decimal, DecimalCodec>(-1.50m, decimal.MaxValue);
        Attack<DateTime, DateTimeCodec>(new DateTime(638_000_000_000_000_001, DateTimeKind.Local), DateTime.MaxValue);
        Attack<DateTimeOffset, DateTimeOffsetCodec>(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        Attack<Uri, UriCodec>(new Uri("https://example.org/a?b"), new Uri("a/b", UriKind.Relative));
        Attack<BigInteger, BigIntegerCodec>(BigInteger.Pow(3, 300), 0);
        Attack<DayOfWeek?, NullableCodec<DayOfWeek, EnumCodec<DayOfWeek>>>(DayOfWeek.Friday, null);
    }

    [Fact]
    public void Collections()
    {
        Attack<string[], ArrayCodec<string, StringCodec>>(["a", "bc", ""], []);
        Attack<double[], ArrayCodec<double, DoubleCodec>>([1, 2, double.NaN]);
        Attack<List<List<long[]>>, ListCodec<List<long[]>, ListCodec<long[], ArrayCodec<long, Int64Codec>>>>([[[1, 2], []], []]);
        Attack<double[,], GridCodec<double[,], double, DoubleCodec>>(new double[,] { { 1, 2 }, { 3, 4 } });
        Attack<HashSet<string>, HashSetCodec<string, StringCodec>>(["a", "b", "cd"]);
        Attack<FrozenSet<int>, FrozenSetCodec<int, Int32Codec>>(new[] { 1, 2, 300 }.ToFrozenSet());
        Attack<Dictionary<string, int[]>, DictionaryCodec<string, StringCodec, int[], ArrayCodec<int, Int32Codec>>>(new Dictionary<string, int[]> { ["a"] = [1], ["b"] = [] });
        Attack<ImmutableSortedDictionary<int, string>, ImmutableSortedDictionaryCodec<int, Int32Codec, string, StringCodec>>(ImmutableSortedDictionary<int, string>.Empty.Add(1, "x").Add(-5, ""));
    }

    /// <summary>A column as a value of its own: the number of its cells, and it.</summary>
    private readonly struct Cells<T, TColumn> : ICodec<T[]> where TColumn : struct, IColumn<T>
    {
        public static void Write(ref MessagePackWriter writer, T[] value)
        {
            writer.WriteArrayHeader(2);
            writer.Write(value.Length);
            TColumn.Write(ref writer, value);
        }

        public static T[] Read(ref MessagePackReader reader)
        {
            if (reader.ReadArrayHeader() != 2 || reader.ReadInt32() is not (>= 0 and <= 1000 and var count)) throw new ArtifactFormatException("no cells");
            var cells = TColumn.Read(ref reader, count);
            var value = cells.AsSpan(0, count).ToArray();
            Column.Return(cells);
            return value;
        }
    }

    [Fact]
    public void Columns()
    {
        Attack<bool[], Cells<bool, BooleanColumn>>([true, false, true]);
        Attack<int[], Cells<int, NumberColumn<int>>>([1, 5, 100_000], [.. Enumerable.Range(0, 300)]);
        Attack<ulong[], Cells<ulong, NumberColumn<ulong>>>([ulong.MaxValue, 0, 7]);
        Attack<double[], Cells<double, FloatColumn<double>>>([1.5, 1.5, double.NaN, 1.5], [.. Enumerable.Range(0, 40).Select(i => i / 3.0)]);
        Attack<string[], Cells<string, StringColumn>>(["a", "b", "a", "a"], [.. Enumerable.Range(0, 40).Select(i => $"text {i}")]);
        Attack<decimal[], Cells<decimal, DecimalColumn>>([1.5m, 1.50m, 0]);
        Attack<Guid[], Cells<Guid, GuidColumn>>([Guid.Empty, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)]);
        Attack<DayOfWeek[], Cells<DayOfWeek, EnumColumn<DayOfWeek>>>([DayOfWeek.Friday, DayOfWeek.Monday, DayOfWeek.Friday]);
        Attack<DateTime[], Cells<DateTime, DateTimeColumn>>([DateTime.MinValue, DateTime.MaxValue]);
        Attack<DateTimeOffset[], Cells<DateTimeOffset, DateTimeOffsetColumn>>([DateTimeOffset.MinValue, DateTimeOffset.MaxValue]);
        Attack<int?[], Cells<int?, NullableColumn<int, NumberColumn<int>>>>([1, null, 3]);
        Attack<string?[], Cells<string?, NullableReferenceColumn<string, StringColumn>>>(["a", null, "c"]);
    }

    [Fact]
    public async Task Json_OfWhateverIsStored()
    {
        // All values of a golden store, tables among them.
        using var golden = GoldenStore.Extract("v2");
        var store = await RunStore.OpenAsync(new LocalFolderStore(golden.Path), forWriting: false, TimeProvider.System, default);
        var seeds = new List<byte[]>();
        await foreach (var run in store.ListAsync("golden", default))
            foreach (var value in (await store.ReadAsync(run, default)).Tasks.SelectMany(task => task.Outputs).Where(value => value.Size < 20_000)) seeds.Add((await store.Artifacts.ReadAsync(value, default)).ToArray());
        foreach (var full in new[] { false, true })
        {
            new Fuzzer("JSON", seeds, bytes =>
            {
                using var json = new Utf8JsonWriter(Stream.Null);
                MessagePackJson.Write(json, new ReadOnlySequence<byte>(bytes), full);
            }, IsFormatError) { Allowance = (400_000, 1000) }.Run();
        }
    }
}
