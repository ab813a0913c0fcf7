using System.Globalization;

// The generator's framework has no overloads that take spans.
#pragma warning disable CA1846

namespace FlowGen;

/// <summary>Amounts of memory and disk as Kubernetes writes them: <c>512Mi</c>, <c>4Gi</c>, <c>1.5G</c>. Compiled into the generator too, so that both mean the same.</summary>
internal static class Quantity
{
    public const long Least = 1L << 20;
    public const long Most = 1L << 50;

    private const string Powers = "kMGTP";

    /// <summary>The number of bytes; <c>null</c> if the text is no quantity, or one of less than 1Mi or more than 1Pi.</summary>
    public static long? Parse(string? text)
    {
        if (text is null) return null;
        var digits = text.TakeWhile(c => c is (>= '0' and <= '9') or '.').Count();
        var suffix = text.Substring(digits);
        var unit = suffix switch
        {
            "" => 1,
            [var power] => Unit(1000, Powers.IndexOf(power)),
            ['K', 'i'] => 1024,
            [not 'k' and var power, 'i'] => Unit(1024, Powers.IndexOf(power)),
            _ => 0,
        };
        return unit > 0 && digits <= 20 && digits > 0 && text[0] != '.' && decimal.TryParse(text.Substring(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= Most && number * unit is >= Least and <= Most and var bytes ? (long)bytes : null;
    }

    /// <summary>A factor of more than 1 and at most 16 with a limit, as in <c>x2 up to 64Gi</c>; without a limit it is the most memory there can be.</summary>
    public static (double Factor, long Limit)? ParseGrowth(string? text)
    {
        const string upTo = " up to ";
        if (text is not ['x', ..]) return null;
        var split = text.IndexOf(upTo, StringComparison.Ordinal);
        var limit = split < 0 ? Most : Parse(text.Substring(split + upTo.Length));
        return limit is { } most && double.TryParse(text.Substring(1, (split < 0 ? text.Length : split) - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            && factor is > 1 and <= 16 ? (factor, most) : null;
    }

    /// <summary>Bytes in the largest unit that is exact.</summary>
    public static string Show(long bytes)
    {
        for (var power = Powers.Length - 1; power >= 0; power--)
        {
            if (bytes % Unit(1024, power) == 0) return (bytes / Unit(1024, power)).ToString(CultureInfo.InvariantCulture) + char.ToUpperInvariant(Powers[power]) + "i";
            if (bytes % Unit(1000, power) == 0) return (bytes / Unit(1000, power)).ToString(CultureInfo.InvariantCulture) + Powers[power];
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What somebody probably meant who wrote <c>4GB</c> or <c>4 g</c>; <c>null</c> if that is not clear.</summary>
    public static string? Guess(string text)
    {
        var number = string.Concat(text.TakeWhile(c => c is (>= '0' and <= '9') or '.'));
        var unit = text.Substring(number.Length).Trim().ToUpperInvariant();
        var guess = number + unit.TrimEnd('B').TrimEnd('I') + "i";
        return unit.Length is > 0 and <= 3 && Parse(guess) is not null ? guess : null;
    }

    private static long Unit(long step, int power)
    {
        if (power < 0) return 0;
        var value = step;
        for (var i = 0; i < power; i++) value *= step;
        return value;
    }
}
