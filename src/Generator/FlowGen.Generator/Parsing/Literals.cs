using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>Constants as C# source.</summary>
internal static class Literals
{
    /// <summary>A constant as a value of a type; <c>null</c> if it is none.</summary>
    public static string? Of(TypedConstant constant, ITypeSymbol type)
    {
        if (constant.Kind == TypedConstantKind.Enum) return constant.Type.Is(type) ? $"({type.FullName()})({constant.Value})" : null;
        if (constant.Kind != TypedConstantKind.Primitive || constant.Value is not { } value) return null;
        return type.SpecialType switch
        {
            SpecialType.System_String => value is string text ? SymbolDisplay.FormatLiteral(text, quote: true) : null,
            SpecialType.System_Boolean => value is bool flag ? (flag ? "true" : "false") : null,
            _ => Number(value, type),
        };
    }

    /// <summary>A number as a value of a numeric type; <c>null</c> if it does not fit.</summary>
    public static string? Number(object value, ITypeSymbol type)
    {
        if (value is string or bool or char || !ParserExpressions.IsNumber(type)) return null;
        try
        {
            var text = Shown(value);
            return type.SpecialType switch
            {
                SpecialType.System_Double => Real(Convert.ToDouble(value, CultureInfo.InvariantCulture), text, "d", "double"),
                SpecialType.System_Single => Real(Convert.ToSingle(value, CultureInfo.InvariantCulture), text, "f", "float"),
                SpecialType.System_Decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) + "m",
                _ => Integer(Convert.ToDecimal(value, CultureInfo.InvariantCulture), type),
            };
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A value as people see it.</summary>
    public static string Shown(object? value) => value switch
    {
        null => "null",
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        float real => real.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Real(double value, string text, string suffix, string type) =>
        double.IsPositiveInfinity(value) ? type + ".PositiveInfinity"
        : double.IsNegativeInfinity(value) ? type + ".NegativeInfinity"
        : double.IsNaN(value) ? type + ".NaN"
        : text + suffix;

    private static string? Integer(decimal value, ITypeSymbol type)
    {
        if (value != decimal.Truncate(value)) return null;
        (decimal Least, decimal Most) range = type.SpecialType switch
        {
            SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
            SpecialType.System_Byte => (0, byte.MaxValue),
            SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
            SpecialType.System_UInt16 => (0, ushort.MaxValue),
            SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
            SpecialType.System_UInt32 => (0, uint.MaxValue),
            SpecialType.System_Int64 => (long.MinValue, long.MaxValue),
            _ => (0, ulong.MaxValue),
        };
        return value >= range.Least && value <= range.Most ? decimal.Truncate(value).ToString(CultureInfo.InvariantCulture) : null;
    }
}
