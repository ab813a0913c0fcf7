using System.Numerics;
using System.Text;
using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

public class ScalarCodecTests
{
    [Flags]
    private enum Toppings : byte { None = 0, Cheese = 1, Ham = 2, Gouda = Cheese }

    private enum Signed : sbyte { Low = -128, Zero = 0 }

    private enum Wide : ulong { Top = ulong.MaxValue }

    [Fact]
    public void Integers_AnyValue_RoundTrip()
    {
        CodecLaws.Hold<bool, BooleanCodec>(Gen.Bool);
        CodecLaws.Hold<sbyte, SByteCodec>(Gen.SByte);
        CodecLaws.Hold<byte, ByteCodec>(Gen.Byte);
        CodecLaws.Hold<short, Int16Codec>(Gen.Short);
        CodecLaws.Hold<ushort, UInt16Codec>(Gen.UShort);
        CodecLaws.Hold<int, Int32Codec>(Gen.Int);
        CodecLaws.Hold<uint, UInt32Codec>(Gen.UInt);
        CodecLaws.Hold<long, Int64Codec>(Gen.Long);
        CodecLaws.Hold<ulong, UInt64Codec>(Gen.ULong);
        CodecLaws.Hold<nint, IntPtrCodec>(Gen.Long.Select(value => (nint)value));
        CodecLaws.Hold<nuint, UIntPtrCodec>(Gen.ULong.Select(value => (nuint)value));
        CodecLaws.Hold<Int128, Int128Codec>(Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new Int128(high, low)));
        CodecLaws.Hold<UInt128, UInt128Codec>(Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low)));
        CodecLaws.Hold<BigInteger, BigIntegerCodec>(Gen.Byte.Array[0, 40].Select(bytes => new BigInteger(bytes)));
    }

    [Fact]
    public void Floats_AnyBits_AreKeptBitForBit()
    {
        CodecLaws.Hold<double, DoubleCodec>(Gen.Long.Select(BitConverter.Int64BitsToDouble), SameBits);
        CodecLaws.Hold<float, SingleCodec>(Gen.Int.Select(BitConverter.Int32BitsToSingle), (a, b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b));
        CodecLaws.Hold<Half, HalfCodec>(Gen.UShort.Select(BitConverter.UInt16BitsToHalf), (a, b) => BitConverter.HalfToInt16Bits(a) == BitConverter.HalfToInt16Bits(b), 5000);
        CodecLaws.Hold<Complex, ComplexCodec>(Gen.Select(Gen.Double, Gen.Double, (re, im) => new Complex(re, im)), (a, b) => SameBits(a.Real, b.Real) && SameBits(a.Imaginary, b.Imaginary));
        foreach (var special in (double[])[-0.0, double.NaN, BitConverter.Int64BitsToDouble(0x7ff0_0000_0000_0001), double.PositiveInfinity])
            CodecLaws.Check<double, DoubleCodec>(special, SameBits);
    }

    [Theory]
    [InlineData(""), InlineData("ascii"), InlineData("ü€😀"), InlineData("\0")]
    public void Strings_OfAnyLength_RoundTrip(string unit)
    {
        foreach (var length in (int[])[1, 2, 3, 10, 11, 30, 31, 32, 84, 85, 86, 255, 256, 20_000, 70_000])
        {
            var text = string.Concat(Enumerable.Repeat(unit, length));
            CodecLaws.Check<string, StringCodec>(text, string.Equals);
        }
    }

    [Fact]
    public void Strings_EncodedWithoutChecks_AreTheSameBytes() => Gen.String[0, 600].Where(IsText).Sample(text =>
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePack.MessagePackWriter(buffer);
        writer.Write(text);
        writer.Flush();
        Assert.Equal(buffer.WrittenSpan.ToArray(), Wire.Encode<string, StringCodec>(text));
    }, iter: 500, threads: 1);

    [Fact]
    public void String_WithLoneSurrogate_IsRefused()
    {
        foreach (var text in (string[])["a\ud800b", "\udc00", "x\ud83d"])
        {
            var error = Assert.Throws<ArtifactException>(() => Wire.Encode<string, StringCodec>(text));
            Assert.Equal("a string with half a surrogate pair, which is not a character and has no UTF-8; repair the text.", error.Message);
            Assert.Throws<ArtifactException>(() => Wire.Encode<string, StringCodec>(new string('x', 16 * 1024 - 1) + text));
        }
    }

    [Fact]
    public void String_ThatIsNotUtf8_IsRefused() =>
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string, StringCodec>([0xa2, 0xc3, 0x28]));

    [Fact]
    public void Chars_EvenSurrogates_RoundTrip() => CodecLaws.Hold<char, CharCodec>(Gen.UShort.Select(code => (char)code), iterations: 5000);

    [Fact]
    public void Times_AnyValue_KeepTicksAndKind()
    {
        var ticks = Gen.Long[0, DateTime.MaxValue.Ticks];
        CodecLaws.Hold<DateTime, DateTimeCodec>(
            Gen.Select(ticks, Gen.Enum<DateTimeKind>(), (t, kind) => new DateTime(t, kind)), (a, b) => a.Ticks == b.Ticks && a.Kind == b.Kind);
        CodecLaws.Hold<DateTimeOffset, DateTimeOffsetCodec>(
            Gen.Select(Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60],
                (t, minutes) => new DateTimeOffset(t, TimeSpan.FromMinutes(minutes))), (a, b) => a.EqualsExact(b));
        CodecLaws.Hold<DateOnly, DateOnlyCodec>(Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber));
        CodecLaws.Hold<TimeOnly, TimeOnlyCodec>(Gen.Long[0, TimeOnly.MaxValue.Ticks].Select(t => new TimeOnly(t)));
        CodecLaws.Hold<TimeSpan, TimeSpanCodec>(Gen.Long.Select(TimeSpan.FromTicks));
        CodecLaws.Check<TimeSpan, TimeSpanCodec>(TimeSpan.MinValue, (a, b) => a == b);
    }

    [Fact]
    public void Decimals_AnyValue_KeepTheirScale()
    {
        CodecLaws.Hold<decimal, DecimalCodec>(Gen.Decimal, (a, b) => decimal.GetBits(a).SequenceEqual(decimal.GetBits(b)));
        foreach (var value in (decimal[])[0m, 0.000m, decimal.Negate(0m), decimal.Negate(0.00m), 1.10m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m])
            CodecLaws.Check<decimal, DecimalCodec>(value, (a, b) => decimal.GetBits(a).SequenceEqual(decimal.GetBits(b)));
    }

    [Fact]
    public void OtherScalars_AnyValue_RoundTrip()
    {
        CodecLaws.Hold<Guid, GuidCodec>(Gen.Guid);
        CodecLaws.Hold<Version, VersionCodec>(Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99], (a, b, c) => c % 2 == 0 ? new Version(a, b) : new Version(a, b, c)));
    }

    [Theory]
    [InlineData("https://Example.org/a?b=c#d", UriKind.Absolute), InlineData("mailto:a@b.c", UriKind.Absolute), InlineData("a/b?c", UriKind.Relative)]
    [InlineData("", UriKind.Relative), InlineData("/etc/hosts", UriKind.Relative), InlineData("file:///etc/hosts", UriKind.Absolute)]
    public void Uri_OfEitherKind_IsKeptAsWritten(string text, UriKind kind) => CodecLaws.Check<Uri, UriCodec>(
        new Uri(text, kind), (a, b) => a.OriginalString == b.OriginalString && a.IsAbsoluteUri == b.IsAbsoluteUri);

    [Fact]
    public void Enums_WithAndWithoutName_RoundTrip()
    {
        CodecLaws.Hold<Toppings, EnumCodec<Toppings>>(Gen.Byte.Select(value => (Toppings)value));
        CodecLaws.Hold<Signed, EnumCodec<Signed>>(Gen.SByte.Select(value => (Signed)value));
        CodecLaws.Hold<Wide, EnumCodec<Wide>>(Gen.ULong.Select(value => (Wide)value));
        CodecLaws.Check<Wide, EnumCodec<Wide>>(Wide.Top, (a, b) => a == b);
        CodecLaws.Hold<DayOfWeek, EnumCodec<DayOfWeek>>(Gen.Enum<DayOfWeek>());
    }

    [Fact]
    public void Enum_WithName_IsStoredByName()
    {
        Assert.Equal(Wire.Encode<string, StringCodec>("Ham"), Wire.Encode<Toppings, EnumCodec<Toppings>>(Toppings.Ham));
        Assert.Equal(Wire.Encode<string, StringCodec>("Cheese"), Wire.Encode<Toppings, EnumCodec<Toppings>>(Toppings.Gouda));
        Assert.Equal(Toppings.Cheese, Wire.Decode<Toppings, EnumCodec<Toppings>>(Wire.Encode<string, StringCodec>("Gouda")));
        Assert.Equal([3], Wire.Encode<Toppings, EnumCodec<Toppings>>(Toppings.Cheese | Toppings.Ham));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<Toppings, EnumCodec<Toppings>>(Wire.Encode<string, StringCodec>("Tofu")));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<Toppings, EnumCodec<Toppings>>(Wire.Encode<int, Int32Codec>(256)));
    }

    [Fact]
    public void Null_WhereNotAllowed_IsRefused()
    {
        var error = Assert.Throws<ArtifactException>(() => Wire.Encode<string, StringCodec>(null!));
        Assert.Equal("null where the type String does not allow it; return a value, or declare the type as String?.", error.Message);
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<string, StringCodec>([0xc0]));
    }

    [Fact]
    public void Nullables_WithAndWithoutValue_RoundTrip()
    {
        CodecLaws.Hold<int?, NullableCodec<int, Int32Codec>>(Gen.Int.Select(value => value % 2 == 0 ? (int?)null : value));
        CodecLaws.Hold<string?, NullableReferenceCodec<string, StringCodec>>(Gen.Int.Select(value => value % 2 == 0 ? null : value.ToString()));
    }

    private static bool SameBits(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static bool IsText(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
