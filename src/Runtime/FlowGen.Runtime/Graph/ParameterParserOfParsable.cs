using System.Globalization;
using System.Numerics;

namespace FlowGen.CompilerServices;

/// <summary>Parses with the type's own parser, but for those inputs that it would silently take for something else than people mean.</summary>
internal sealed class ParameterParserOfParsable<T> : ParameterParser<T> where T : IParsable<T>
{
    private static readonly (string Expected, string Example) Known = Describe();

    internal override string Expected => Known.Expected;

    internal override string Example => Known.Example;

    /// <remarks>Numbers that are shown as text, because JSON would lose digits of them, are taken as text too.</remarks>
    internal override JsonTokens Tokens =>
        typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half) ? JsonTokens.Number | JsonTokens.NotFinite
        : typeof(T) == typeof(decimal) || typeof(T) == typeof(Int128) || typeof(T) == typeof(UInt128) || typeof(T) == typeof(BigInteger) ? JsonTokens.Number | JsonTokens.Text
        : IsNumber ? JsonTokens.Number : JsonTokens.Text;

    private static bool IsNumber => Known.Expected.Contains("number", StringComparison.Ordinal);

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

        if (typeof(T) == typeof(DateTime)) return (T)(object)ParseClock(text);

        // Number parsers skip commas as thousands separators: 0,5 would be 5.
        if (!(IsNumber && text.Contains(',', StringComparison.Ordinal)) && T.TryParse(text, CultureInfo.InvariantCulture, out var value)) return value;
        throw new FormatException($"is not {Expected}");
    }

    // An L at the end stands for local time where values are shown; without it, a Z alone says what is meant.
    private static DateTime ParseClock(string text)
    {
        var isLocal = text.EndsWith('L');
        if (!DateTime.TryParse(isLocal ? text[..^1] : text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var clock)) throw new FormatException($"is not {Known.Expected}");
        return isLocal ? DateTime.SpecifyKind(clock, DateTimeKind.Local) : clock;
    }

    private static (string Expected, string Example) Describe() =>
        typeof(T) == typeof(int) ? Whole<int>() : typeof(T) == typeof(long) ? Whole<long>() : typeof(T) == typeof(short) ? Whole<short>()
        : typeof(T) == typeof(byte) ? Whole<byte>() : typeof(T) == typeof(sbyte) ? Whole<sbyte>() : typeof(T) == typeof(ushort) ? Whole<ushort>()
        : typeof(T) == typeof(uint) ? Whole<uint>() : typeof(T) == typeof(ulong) ? Whole<ulong>() : typeof(T) == typeof(BigInteger) ? ("a whole number", "1")
        : typeof(T) == typeof(Int128) ? Whole<Int128>() : typeof(T) == typeof(UInt128) ? Whole<UInt128>() : typeof(T) == typeof(nint) ? Whole<nint>() : typeof(T) == typeof(nuint) ? Whole<nuint>()
        : typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(decimal) || typeof(T) == typeof(Half) ? ("a number such as 0.5", "0.5")
        : typeof(T) == typeof(DateOnly) ? SuchAs("a date", "2026-03-14")
        : typeof(T) == typeof(TimeOnly) ? SuchAs("a time", "13:45:00")
        : typeof(T) == typeof(TimeSpan) ? ("a duration such as 90s, 1h30m or 01:30:00", "\"1h30m\"")
        : typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) ? SuchAs("a point in time", "2026-03-14T13:45:00Z")
        : typeof(T) == typeof(Guid) ? SuchAs("a GUID", "0f8fad5b-d9cb-469f-a165-70867728950e")
        : typeof(T) == typeof(char) ? ("a single character", "\"a\"")
        : ("a " + typeof(T).Name, "\"\"");

    private static (string Expected, string Example) SuchAs(string what, string example) => ($"{what} such as {example}", $"\"{example}\"");

    private static (string Expected, string Example) Whole<TNumber>() where TNumber : IMinMaxValue<TNumber> =>
        (string.Create(CultureInfo.InvariantCulture, $"a whole number between {TNumber.MinValue} and {TNumber.MaxValue}"), "1");
}
