using System.Buffers;
using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;
using MessagePack;

namespace Runtime.Tests.Artifacts;

/// <summary>Columns of each type: what goes in comes out, in the smallest form that the values allow, and damage is found.</summary>
public class ColumnTests
{
    /// <summary>A column as a value of its own: the number of its cells, and it.</summary>
    private readonly struct Probe<T, TColumn> : ICodec<T[]> where TColumn : struct, IColumn<T>
    {
        public static void Write(ref MessagePackWriter writer, T[] value)
        {
            writer.WriteArrayHeader(2);
            writer.Write(value.Length);
            TColumn.Write(ref writer, value);
        }

        public static T[] Read(ref MessagePackReader reader)
        {
            if (reader.ReadArrayHeader() != 2 || reader.ReadInt32() is not (>= 0 and <= Table.GroupRows and var count)) throw new ArtifactFormatException("no probe");
            var cells = TColumn.Read(ref reader, count);
            var value = cells.AsSpan(0, count).ToArray();
            Column.Return(cells);
            return value;
        }
    }

    [Fact]
    public void Column_OfAnyType_RoundTrips()
    {
        Hold<bool, BooleanColumn>(Gen.Bool);
        Hold<sbyte, NumberColumn<sbyte>>(Gen.SByte);
        Hold<byte, NumberColumn<byte>>(Gen.Byte);
        Hold<short, NumberColumn<short>>(Gen.Short);
        Hold<ushort, NumberColumn<ushort>>(Gen.UShort);
        Hold<int, NumberColumn<int>>(Gen.Int);
        Hold<int, NumberColumn<int>>(Gen.Int[-70_000, 70_000]);
        Hold<uint, NumberColumn<uint>>(Gen.UInt);
        Hold<long, NumberColumn<long>>(Gen.Long);
        Hold<long, NumberColumn<long>>(Gen.Long[-9, 9].Select(i => (i * 864_000_000_000) + 5));
        Hold<ulong, NumberColumn<ulong>>(Gen.ULong);
        Hold<ulong, NumberColumn<ulong>>(Gen.ULong[ulong.MaxValue - 300, ulong.MaxValue]);
        Hold<double, FloatColumn<double>>(Gen.Double.Special);
        Hold<double, FloatColumn<double>>(AnyOf(0.0, -0.0, double.NaN, 1.5));
        Hold<float, FloatColumn<float>>(Gen.Single.Special);
        Hold<decimal, DecimalColumn>(AnyOf(1.0m, 1.00m, -0.0m, decimal.MaxValue));
        Hold<decimal, DecimalColumn>(Gen.Decimal);
        Hold<char, CharColumn>(Gen.Char);
        Hold<Guid, GuidColumn>(Gen.Guid);
        Hold<string, StringColumn>(Gen.String.Where(IsText));
        Hold<string, StringColumn>(AnyOf("", "a", "ä€𝄞", new string('x', 300)));
        Hold<DateTime, DateTimeColumn>(Gen.Select(Gen.DateTime, Gen.Enum<DateTimeKind>(), DateTime.SpecifyKind));
        Hold<DateTime, DateTimeColumn>(Gen.Int[0, 5000].Select(day => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day)));
        Hold<DateTimeOffset, DateTimeOffsetColumn>(Gen.Select(Gen.Long[0, 3_000_000], Gen.Int[-14 * 60, 14 * 60], (ticks, minutes) => new DateTimeOffset(638_000_000_000_000_000 + ticks, TimeSpan.FromMinutes(minutes))));
        Hold<DateOnly, DateOnlyColumn>(Gen.DateOnly);
        Hold<TimeOnly, TimeOnlyColumn>(Gen.TimeOnly);
        Hold<TimeSpan, TimeSpanColumn>(Gen.TimeSpan);
        Hold<DayOfWeek, EnumColumn<DayOfWeek>>(Gen.Int[0, 9].Select(i => (DayOfWeek)i));
        Hold<long?, NullableColumn<long, NumberColumn<long>>>(Gen.Long.Nullable());
        Hold<DayOfWeek?, NullableColumn<DayOfWeek, EnumColumn<DayOfWeek>>>(Gen.Enum<DayOfWeek>().Nullable());
        Hold<string?, NullableReferenceColumn<string, StringColumn>>(AnyOf<string?>("", "b", null));
    }

    [Fact]
    public void Column_OfRepeatedValues_IsSmall()
    {
        var random = new Random(1);
        Assert.InRange(Size<int, NumberColumn<int>>(i => 1_000_000 + random.Next(256)), 1000, 1030);
        Assert.InRange(Size<long, NumberColumn<long>>(i => 5L * i), 2000, 2030);
        Assert.InRange(Size<DateTime, DateTimeColumn>(i => new DateTime(2024, 1, 1).AddDays(random.Next(200))), 1000, 1060);
        Assert.InRange(Size<double, FloatColumn<double>>(i => random.Next(10) / 10.0), 1000, 1120);
        Assert.InRange(Size<string, StringColumn>(i => "category " + random.Next(5)), 1000, 1090);
        Assert.InRange(Size<bool, BooleanColumn>(i => random.Next(2) == 0), 125, 140);
        Assert.InRange(Size<double?, NullableColumn<double, FloatColumn<double>>>(i => null), 125, 160);
        Assert.InRange(Size<double, FloatColumn<double>>(i => random.NextDouble()), 8000, 8020);
    }

    [Fact]
    public void Column_Mutated_FailsCleanly()
    {
        var random = new Random(3);
        var numbers = Enumerable.Range(0, 40).ToArray();
        HostileInputTests.Attack<int[], Probe<int, NumberColumn<int>>>(numbers);
        HostileInputTests.Attack<long[], Probe<long, NumberColumn<long>>>([.. numbers.Select(i => long.MaxValue - (i * 1_000_000L))]);
        HostileInputTests.Attack<bool[], Probe<bool, BooleanColumn>>([.. numbers.Select(i => i % 3 == 0)]);
        HostileInputTests.Attack<double[], Probe<double, FloatColumn<double>>>([.. numbers.Select(i => (double)(i % 5))]);
        HostileInputTests.Attack<double[], Probe<double, FloatColumn<double>>>([.. numbers.Select(i => random.NextDouble())]);
        HostileInputTests.Attack<decimal[], Probe<decimal, DecimalColumn>>([.. numbers.Select(i => (decimal)(i % 5))]);
        HostileInputTests.Attack<Guid[], Probe<Guid, GuidColumn>>([.. numbers.Select(i => new Guid(i % 3, 1, 2, new byte[8]))]);
        HostileInputTests.Attack<string[], Probe<string, StringColumn>>([.. numbers.Select(i => $"ä{i}")]);
        HostileInputTests.Attack<string[], Probe<string, StringColumn>>([.. numbers.Select(i => $"ä{i % 3}")]);
        HostileInputTests.Attack<DateTime[], Probe<DateTime, DateTimeColumn>>([.. numbers.Select(i => new DateTime(i, (DateTimeKind)(i % 3)))]);
        HostileInputTests.Attack<DateTimeOffset[], Probe<DateTimeOffset, DateTimeOffsetColumn>>([.. numbers.Select(i => new DateTimeOffset(i * 1_000_000_000_000L + 864_000_000_000, TimeSpan.FromHours(i % 3)))]);
        HostileInputTests.Attack<DayOfWeek[], Probe<DayOfWeek, EnumColumn<DayOfWeek>>>([.. numbers.Select(i => (DayOfWeek)(i % 9))]);
        HostileInputTests.Attack<string?[], Probe<string?, NullableReferenceColumn<string, StringColumn>>>([.. numbers.Select(i => i % 4 == 0 ? null : "abc")]);
    }

    [Fact]
    public void Text_WithoutUtf8_NamesItsRow()
    {
        var cells = Enumerable.Range(0, 20).Select(i => i < 13 ? "a" : i == 13 ? "x\ud800" : null).ToArray();
        var error = Assert.Throws<ArtifactException>(() => Wire.Encode<string?[], Probe<string?, NullableReferenceColumn<string, StringColumn>>>(cells));
        Assert.Equal(13, error.Row);
        error = Assert.Throws<ArtifactException>(() => Wire.Encode<string[], Probe<string, StringColumn>>(cells!));
        Assert.Equal(14, error.Row);
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static int Size<T, TColumn>(Func<int, T> cell) where TColumn : struct, IColumn<T> =>
        Wire.Encode<T[], Probe<T, TColumn>>([.. Enumerable.Range(0, 1000).Select(cell)]).Length;

    private static void Hold<T, TColumn>(Gen<T> cells) where TColumn : struct, IColumn<T>
    {
        CodecLaws.Hold<T[], Probe<T, TColumn>>(cells.Array[0, 40], Same, iterations: 60);
        CodecLaws.Hold<T[], Probe<T, TColumn>>(Gen.Select(cells.Array[1, 3], Gen.Int[0, 900], (few, count) => Enumerable.Range(0, count).Select(i => few[i % few.Length]).ToArray()), Same, iterations: 5);
    }

    /// <summary>Bit for bit, as the codecs of single values see it.</summary>
    private static bool Same<T>(T[] a, T[] b) => a.Length == b.Length && a.Zip(b).All(pair => (pair.First, pair.Second) switch
    {
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y),
        (decimal x, decimal y) => decimal.GetBits(x).SequenceEqual(decimal.GetBits(y)),
        (DateTime x, DateTime y) => x == y && x.Kind == y.Kind,
        (DateTimeOffset x, DateTimeOffset y) => x.EqualsExact(y),
        var (x, y) => Equals(x, y),
    });

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }

        return true;
    }

    [Fact]
    public void Numbers_MultiplesOfAnyScale_AreFactorsOfTheirGreatestCommonDivisor() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var scale = Math.Max(1, random.NextInt64(1L << random.Next(1, 40))) << random.Next(0, 16);
        var least = random.NextInt64(long.MinValue, 0);
        var factors = Enumerable.Range(0, random.Next(1, 80)).Select(_ => random.NextInt64(200)).Prepend(0).ToArray();
        var cells = Array.ConvertAll(factors, factor => least + factor * scale);

        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        NumberColumn<long>.Write(ref writer, cells);
        writer.Flush();

        var reader = new MessagePackReader(buffer.WrittenMemory);
        Assert.Equal((4, "long", least), (reader.ReadArrayHeader(), reader.ReadString(), reader.ReadInt64()));
        var expected = factors.Aggregate(0UL, (divisor, factor) => (ulong)System.Numerics.BigInteger.GreatestCommonDivisor(divisor, (ulong)factor * (ulong)scale));
        Assert.Equal(Math.Max(1, expected), reader.ReadUInt64());
        var all = new MessagePackReader(buffer.WrittenMemory);
        Assert.Equal(cells, NumberColumn<long>.Read(ref all, cells.Length)[..cells.Length]);
    }, iter: 20_000);
}
