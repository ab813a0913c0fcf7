using System.Text.RegularExpressions;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>Turns validation attributes into conditions over <c>value</c>, so that nothing is looked up at run time.</summary>
internal static class ValidationParser
{
    private const string Namespace = "System.ComponentModel.DataAnnotations.";

    /// <param name="target">What carries the attributes.</param>
    /// <param name="attributes">All of its attributes.</param>
    /// <param name="context">The flow.</param>
    public static IEnumerable<ParsedCheck> Parse(CheckTarget target, IEnumerable<AttributeData> attributes, FlowContext context)
    {
        var type = ValueType(target.Type);
        foreach (var attribute in attributes)
        {
            if (!attribute.AttributeClass.DerivesFrom(context.Known.Validation)) continue;
            var check = attribute.AttributeClass!.ToDisplayString() switch
            {
                Namespace + "RangeAttribute" => RangeCheck.Parse(target, type, attribute, context),
                Namespace + "AllowedValuesAttribute" => AllowedValues(target, type, attribute, context),
                Namespace + "RegularExpressionAttribute" => RegularExpression(target, type, attribute, context),
                Namespace + "StringLengthAttribute" => StringLength(target, type, attribute, context),
                _ => Unsupported(target, attribute, context),
            };
            if (check is var (model, isWrong)) yield return new ParsedCheck(model, BadValidation.ShortName(attribute), isWrong);
        }
    }

    /// <summary>What is checked: the items of an array, the value of a nullable.</summary>
    private static ITypeSymbol ValueType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } => value,
        _ => type,
    };

    private static (CheckModel, Func<object, bool>)? Unsupported(CheckTarget target, AttributeData attribute, FlowContext context)
    {
        UnsupportedValidation.Report(target, attribute, context);
        return null;
    }

    private static (CheckModel, Func<object, bool>)? AllowedValues(CheckTarget target, ITypeSymbol type, AttributeData attribute, FlowContext context)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false } values] || values.Values.Length == 0)
        {
            BadValidation.Report(target, attribute, "allows nothing", "name the values that are allowed", context);
            return null;
        }
        var patterns = new List<string>();
        foreach (var value in values.Values)
        {
            if (Literals.Of(value, type) is { } pattern) patterns.Add(pattern);
            else
            {
                BadValidation.Report(target, attribute, $"{value.ToCSharpString()} is no '{type.Shown()}'", "name values of its type", context);
                return null;
            }
        }
        if (type.SpecialType == SpecialType.System_Boolean && patterns.Distinct().Count() == 2) return null;
        var shown = values.Values.Select(value => value.Type?.TypeKind == TypeKind.Enum ? value.ToCSharpString().Split('.').Last() : Literals.Shown(value.Value));
        return (new CheckModel($"value is not ({string.Join(" or ", patterns)})", "must be one of " + string.Join(", ", shown)),
            value => !values.Values.Any(allowed => Literals.Shown(allowed.Value) == Literals.Shown(value)));
    }

    private static (CheckModel, Func<object, bool>)? RegularExpression(CheckTarget target, ITypeSymbol type, AttributeData attribute, FlowContext context)
    {
        if (!IsText(target, type, attribute, context) || attribute.Text(0) is not { } pattern) return null;
        try
        {
            _ = new Regex(pattern);
        }
        catch (ArgumentException e)
        {
            BadValidation.Report(target, attribute, "its pattern is no regular expression", e.Message.TrimEnd('.'), context);
            return null;
        }
        return (new CheckModel("!Matches(value, pattern)", $"must match {pattern}", pattern), value => value is string { Length: > 0 } text && !Matches(text, pattern));
    }

    private static (CheckModel, Func<object, bool>)? StringLength(CheckTarget target, ITypeSymbol type, AttributeData attribute, FlowContext context)
    {
        if (!IsText(target, type, attribute, context) || attribute.Argument(0) is not int maximum) return null;
        var minimum = attribute.Named("MinimumLength") as int? ?? 0;
        if (maximum < 0 || minimum < 0 || minimum > maximum)
        {
            BadValidation.Report(target, attribute, "no length is allowed", "write a maximum that is not less than MinimumLength", context);
            return null;
        }
        var check = minimum == 0
            ? new CheckModel($"value.Length > {maximum}", $"must have at most {maximum} characters")
            : new CheckModel($"value.Length is < {minimum} or > {maximum}", $"must have {minimum} to {maximum} characters");
        return (check, value => value is string text && (text.Length < minimum || text.Length > maximum));
    }

    /// <summary>As generated code does it. A pattern that takes long for the default may still be right.</summary>
    private static bool Matches(string text, string pattern)
    {
        try
        {
            var match = Regex.Match(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(0.2));
            return match.Success && match.Length == text.Length;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static bool IsText(CheckTarget target, ITypeSymbol type, AttributeData attribute, FlowContext context)
    {
        if (type.SpecialType == SpecialType.System_String) return true;
        BadValidation.Report(target, attribute, $"is '{type.Shown()}', not text", "remove it", context);
        return false;
    }
}

/// <summary>A check, and the same for constants while the program is compiled.</summary>
/// <param name="Model">What is emitted.</param>
/// <param name="Attribute">The attribute as it is written.</param>
/// <param name="IsWrong">Whether it rules out a constant.</param>
internal sealed record ParsedCheck(CheckModel Model, string Attribute, Func<object, bool> IsWrong);
