using System.Globalization;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary><c>[Range]</c> as a condition. It is written so that "not a number" is out of every range.</summary>
internal static class RangeCheck
{
    public static (CheckModel, Func<object, bool>)? Parse(CheckTarget target, ITypeSymbol type, AttributeData attribute, FlowContext context)
    {
        var arguments = attribute.ConstructorArguments;
        var isText = arguments.Length == 3;
        if (arguments.Length < 2 || arguments.Any(argument => argument.IsNull)) return null;
        if (isText && arguments[0].Value is ITypeSymbol operand && !operand.Is(type))
            return Bad($"is '{type.Shown()}', while the range is of '{operand.Shown()}'", $"write typeof({type.Shown()})");

        var least = Bound(arguments[arguments.Length - 2].Value!, type, isText);
        var most = Bound(arguments[arguments.Length - 1].Value!, type, isText);
        if (least is not { } low || most is not { } high)
        {
            return ParserExpressions.IsNumber(type) || Orderable(type) is not null
                ? Bad($"its bounds are no '{type.Shown()}'", "write bounds of its type")
                : Bad($"is '{type.Shown()}', which has no range", "remove it");
        }
        if (low.Order.CompareTo(high.Order) > 0) return Bad("its minimum is more than its maximum", "swap them");

        var openLow = attribute.Named("MinimumIsExclusive") is true;
        var openHigh = attribute.Named("MaximumIsExclusive") is true;
        var check = new CheckModel(
            $"!(value {(openLow ? ">" : ">=")} {low.Source} && value {(openHigh ? "<" : "<=")} {high.Source})",
            openLow || openHigh ? $"must be {(openLow ? "more than" : "at least")} {low.Shown} and {(openHigh ? "less than" : "at most")} {high.Shown}"
                : $"must be between {low.Shown} and {high.Shown}");
        return (check, value =>
        {
            if (!ParserExpressions.IsNumber(type) || value is string or bool or char) return false;
            var (fromLow, toHigh) = Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsNaN(number) ? (-1, 1) : (number.CompareTo(low.Order), number.CompareTo(high.Order));
            return fromLow < 0 || toHigh > 0 || (openLow && fromLow == 0) || (openHigh && toHigh == 0);
        });

        (CheckModel, Func<object, bool>)? Bad(string found, string edit)
        {
            BadValidation.Report(target, attribute, found, edit, context);
            return null;
        }
    }

    /// <summary>One end: as source, as people see it, and as something to compare.</summary>
    private static (string Source, string Shown, IComparable Order)? Bound(object value, ITypeSymbol type, bool isText)
    {
        if (isText && value is string text)
        {
            if (Orderable(type) is { } parse)
                return parse(text) is { } order ? ($"{type.FullName()}.Parse(\"{text}\", global::System.Globalization.CultureInfo.InvariantCulture)", text, order) : null;
            if (!ParserExpressions.IsNumber(type) || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
            value = number;
        }
        if (Literals.Number(value, type) is not { } literal) return null;
        return (literal, Literals.Shown(value), Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    private static Func<string, IComparable?>? Orderable(ITypeSymbol type) => type.ToDisplayString() switch
    {
        "System.TimeSpan" => text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        "System.DateOnly" => text => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null,
        "System.DateTimeOffset" => text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null,
        _ => null,
    };
}
