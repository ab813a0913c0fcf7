using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

/// <summary>Damaged and made-up bytes give <see cref="ArtifactFormatException"/> and cost no more memory than a small multiple of their length.</summary>
public class HostileInputTests
{
    private const int Rounds = 1500;

    [Fact]
    public void Scalars_Mutated_FailCleanly()
    {
        Attack<string, StringCodec>("a text of ümlauts");
        Attack<decimal, DecimalCodec>(-1.50m);
        Attack<DateTime, DateTimeCodec>(new DateTime(638_000_000_000_000_001, DateTimeKind.Local));
        Attack<DateTimeOffset, DateTimeOffsetCodec>(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        Attack<Uri, UriCodec>(new Uri("https://example.org/a?b"));
        Attack<Version, VersionCodec>(new Version(1, 2, 3));
        Attack<BigInteger, BigIntegerCodec>(BigInteger.Pow(3, 300));
        Attack<Half, HalfCodec>((Half)1.5);
        Attack<DayOfWeek, EnumCodec<DayOfWeek>>(DayOfWeek.Friday);
        Attack<Guid?, NullableCodec<Guid, GuidCodec>>(Guid.Empty);
    }

    [Fact]
    public void Sequences_Mutated_FailCleanly()
    {
        string[] texts = ["a", "bc", "", "def"];
        Attack<string[], ArrayCodec<string, StringCodec>>(texts);
        Attack<double[], ArrayCodec<double, DoubleCodec>>([1, 2, 3]);
        Attack<bool[], ArrayCodec<bool, BooleanCodec>>([true, false]);
        Attack<byte[], ArrayCodec<byte, ByteCodec>>([1, 2, 3]);
        Attack<List<long>, ListCodec<long, Int64Codec>>([1, 2, 3]);
        Attack<List<int[]>, ListCodec<int[], ArrayCodec<int, Int32Codec>>>([[1], [2, 3]]);
        Attack<double[,], GridCodec<double[,], double, DoubleCodec>>(new double[,] { { 1, 2 }, { 3, 4 } });
        Attack<string[,,], GridCodec<string[,,], string, StringCodec>>(new string[,,] { { { "a" }, { "b" } } });
        Attack<ImmutableList<string>, ImmutableListCodec<string, StringCodec>>([.. texts]);
        Attack<List<List<List<string>>>, ListCodec<List<List<string>>, ListCodec<List<string>, ListCodec<string, StringCodec>>>>([[["a"], []], []]);
    }

    [Fact]
    public void SetsAndMaps_Mutated_FailCleanly()
    {
        Attack<HashSet<string>, HashSetCodec<string, StringCodec>>(["a", "b", "cd"]);
        Attack<SortedSet<string>, SortedSetCodec<string, StringCodec>>(new(StringComparer.Ordinal) { "a", "B" });
        Attack<FrozenSet<int>, FrozenSetCodec<int, Int32Codec>>(new[] { 1, 2, 300 }.ToFrozenSet());
        Attack<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(new(StringComparer.OrdinalIgnoreCase) { ["a"] = 1, ["b"] = 2 });
        Attack<ImmutableSortedDictionary<string, double[]>, ImmutableSortedDictionaryCodec<string, StringCodec, double[], ArrayCodec<double, DoubleCodec>>>(
            ImmutableSortedDictionary<string, double[]>.Empty.Add("a", [1]).Add("b", []));
        Attack<OrderedDictionary<int, List<string>>, OrderedDictionaryCodec<int, Int32Codec, List<string>, ListCodec<string, StringCodec>>>(new() { [2] = ["x"], [1] = [] });
    }

    [Fact]
    public void Counts_ThatNobodyDelivers_CostNothing()
    {
        foreach (var code in (byte[])[0xdd, 0xdf, 0xdb, 0xc6, 0xc9])
        {
            // The claimed count is as large as the input could just justify, so that the reader's own check does not catch it.
            var bytes = new byte[1_000_000];
            bytes[0] = code;
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), code == 0xdf ? 499_000 : 990_000);
            bytes.AsSpan(6).Fill(0xc1);
            AssertCheap<List<decimal[]>, ListCodec<decimal[], ArrayCodec<decimal, DecimalCodec>>>(bytes, 200_000);
            AssertCheap<Int128[], ArrayCodec<Int128, Int128Codec>>(bytes, 200_000);
            AssertCheap<HashSet<Guid>, HashSetCodec<Guid, GuidCodec>>(bytes, 200_000);
            AssertCheap<Dictionary<Guid, Guid>, DictionaryCodec<Guid, GuidCodec, Guid, GuidCodec>>(bytes, 200_000);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x82, 0xa1, 0x61, 1, 0xa1, 0x61, 2 }), InlineData(new byte[] { 0x92, 0xa1, 0x3f, 0x80 }), InlineData(new byte[] { 0x81, 0xc0, 1 })]
    public void Map_WithDuplicateOrUnknownParts_IsRefused(byte[] bytes) => Assert.Throws<ArtifactFormatException>(
        () => Wire.Decode<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(bytes));

    [Fact]
    public void Set_WithDuplicates_IsRefused() =>
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<HashSet<int>, HashSetCodec<int, Int32Codec>>([0x92, 1, 1]));

    [Fact]
    public void Dimensions_ThatDoNotMatchTheItems_AreRefused()
    {
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string[,], GridCodec<string[,], string, StringCodec>>([0x92, 0x92, 2, 2, 0x91, 0xa0]));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string[,], GridCodec<string[,], string, StringCodec>>([0x92, 0x92, 0xff, 0xff, 0x91, 0xa0]));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string[,], GridCodec<string[,], string, StringCodec>>([0x92, 0x93, 1, 1, 1, 0x91, 0xa0]));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string[,], GridCodec<string[,], string, StringCodec>>([0x92, 0x92, 0xce, 0x7f, 0xff, 0xff, 0xff, 0, 0x90, 0xc0]));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string[,,], GridCodec<string[,,], string, StringCodec>>([0x92, 0x93, 0xce, 0x7f, 0xff, 0xff, 0xff, 0xce, 0x7f, 0xff, 0xff, 0xff, 0, 0x90]));
    }

    internal static void Attack<T, TCodec>(T value) where TCodec : struct, ICodec<T>
    {
        var random = new Random(20_241_231);
        var valid = Wire.Encode<T, TCodec>(value);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = round % 3 == 0 ? RandomBytes(random) : Mutated(valid, random);
            AssertCheap<T, TCodec>(bytes, 20_000 + 300 * bytes.Length, random.Next(1, 9));
        }
    }

    private static void AssertCheap<T, TCodec>(byte[] bytes, long limit, int segment = int.MaxValue) where TCodec : struct, ICodec<T>
    {
        var content = Wire.Split(bytes, Math.Min(segment, Math.Max(1, bytes.Length)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Codec.Decode<T, TCodec>(content);
        }
        catch (ArtifactFormatException)
        {
            // The only exception that may come out.
        }

        var used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(used <= limit, $"{used} bytes allocated for {Convert.ToHexString(bytes.AsSpan(0, Math.Min(40, bytes.Length)))} ({bytes.Length} bytes) as {typeof(T)}");
        Render(content);
    }

    private static void Render(ReadOnlySequence<byte> content)
    {
        using var json = new Utf8JsonWriter(Stream.Null);
        try
        {
            MessagePackJson.Write(json, content);
        }
        catch (ArtifactFormatException)
        {
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(0, 40)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, (byte)random.Next(0x80, 256)); break;
                default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        return [.. bytes];
    }
}
