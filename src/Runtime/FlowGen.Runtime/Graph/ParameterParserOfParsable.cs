using System.Globalization;
using System.Numerics;

namespace FlowGen.CompilerServices;

/// <summary>Parses with the type's own parser, but for those inputs that it would silently take for something else than people mean.</summary>
internal sealed class ParameterParserOfParsable<T> : ParameterParser<T> where T : IParsable<T>
{
    // The type tests are constants to the compiler, so each instance keeps its own branch alone.
    public override T Parse(string text)
    {
        if (typeof(T) == typeof(TimeSpan)) return (T)(object)Duration.Parse(text);
        if (typeof(T) == typeof(DateTimeOffset))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? (T)(object)instant
                : throw new FormatException($"is not {Expected}");
        }

        // Number parsers skip commas as thousands separators: 0,5 would be 5.
        var isNumber = default(T) is ValueType && Expected.Contains("number", StringComparison.Ordinal);
        if (!(isNumber && text.Contains(',', StringComparison.Ordinal)) && T.TryParse(text, CultureInfo.InvariantCulture, out var value)) return value;
        throw new FormatException($"is not {Expected}");
    }

    private static string Expected { get; } =
        typeof(T) == typeof(int) ? Whole<int>() : typeof(T) == typeof(long) ? Whole<long>() : typeof(T) == typeof(short) ? Whole<short>()
        : typeof(T) == typeof(byte) ? Whole<byte>() : typeof(T) == typeof(sbyte) ? Whole<sbyte>() : typeof(T) == typeof(ushort) ? Whole<ushort>()
        : typeof(T) == typeof(uint) ? Whole<uint>() : typeof(T) == typeof(ulong) ? Whole<ulong>() : typeof(T) == typeof(BigInteger) ? "a whole number"
        : typeof(T) == typeof(Int128) ? Whole<Int128>() : typeof(T) == typeof(UInt128) ? Whole<UInt128>()
        : typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(decimal) || typeof(T) == typeof(Half) ? "a number such as 0.5"
        : typeof(T) == typeof(DateOnly) ? "a date such as 2026-03-14"
        : typeof(T) == typeof(TimeOnly) ? "a time such as 13:45:00"
        : typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) ? "a point in time such as 2026-03-14T13:45:00Z"
        : typeof(T) == typeof(Guid) ? "a GUID such as 0f8fad5b-d9cb-469f-a165-70867728950e"
        : typeof(T) == typeof(char) ? "a single character"
        : "a " + typeof(T).Name;

    private static string Whole<TNumber>() where TNumber : IMinMaxValue<TNumber> =>
        string.Create(CultureInfo.InvariantCulture, $"a whole number between {TNumber.MinValue} and {TNumber.MaxValue}");
}
