using System.Globalization;
using FlowGen.Generator.Emission;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What values a decision of some type has, and which constants are some. Integers are compared by value whatever their type, enums by value too: aliases are one.</summary>
internal static class DecisionValues
{
    public static bool IsSupported(ITypeSymbol type) => type.SpecialType is SpecialType.System_Boolean or SpecialType.System_String || IsInteger(type) || type.TypeKind == TypeKind.Enum;

    public static bool IsClosed(ITypeSymbol type) => type.SpecialType == SpecialType.System_Boolean || (type.TypeKind == TypeKind.Enum && !IsFlags(type));

    /// <summary>All values of a closed type, in order; none of an open one.</summary>
    public static List<DecisionValue> All(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Boolean ? [new(true, "true", "true"), new(false, "false", "false")]
        : IsClosed(type) ? [.. Members(type).GroupBy(member => member.Key).Select(same => same.First())]
        : [];

    /// <summary>A constant as a value of a type; <c>null</c> if it is none.</summary>
    public static DecisionValue? Of(TypedConstant constant, ITypeSymbol type)
    {
        if (constant.Kind is not (TypedConstantKind.Primitive or TypedConstantKind.Enum) || constant.Value is not { } value || Literals.Of(constant, type) is not { } code) return null;
        return (type, value) switch
        {
            ({ TypeKind: TypeKind.Enum }, _) => Member(Key(value), code, type),
            (_, bool or string) => new DecisionValue(value, Literals.Shown(value), code),
            (_, float or double or decimal) => null,
            _ => new DecisionValue(Key(value), Literals.Shown(value), code),
        };
    }

    /// <summary>What was expected, as the end of a sentence.</summary>
    public static string Expected(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => "true or false",
        { SpecialType: SpecialType.System_String } => "text",
        { TypeKind: TypeKind.Enum } => $"a member of '{type.Shown()}'",
        _ => $"a number of type '{type.Shown()}'",
    };

    /// <summary>A value to write instead.</summary>
    public static string Example(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => "true",
        { SpecialType: SpecialType.System_String } => "\"text\"",
        { TypeKind: TypeKind.Enum } => $"{type.Shown()}.{Members(type).Select(member => member.Shown).FirstOrDefault()}",
        _ => "1",
    };

    private static DecisionValue? Member(decimal key, string code, ITypeSymbol type)
    {
        foreach (var member in Members(type))
            if (member.Key.Equals(key)) return member;
        return IsClosed(type) ? null : new DecisionValue(key, key.ToString(CultureInfo.InvariantCulture), code);
    }

    /// <summary>The members in order. An obsolete one may not be named where that is an error, so its number stands for it.</summary>
    private static IEnumerable<DecisionValue> Members(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(member => member.HasConstantValue)
        .Select(member => new DecisionValue(Key(member.ConstantValue!), member.Name,
            member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute")
                ? $"({type.FullName()})({Literals.Shown(member.ConstantValue)})"
                : $"{type.FullName()}.{Code.Identifier(member.Name)}"));

    private static decimal Key(object number) => Convert.ToDecimal(number, CultureInfo.InvariantCulture);

    private static bool IsInteger(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    private static bool IsFlags(ITypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute");
}
