using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0402: only values that can be written in an attribute, and of which no two are nearly equal, decide.</summary>
internal static class UndecidableType
{
    public static bool Check(StepDeclaration step, AttributeData attribute, SourceDeclaration source, FlowContext context)
    {
        var type = source.Type;
        var plain = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;
        var edit = type switch
        {
            _ when type.MayBeNull() && DecisionValues.IsSupported(plain) => $"decide what null means and return '{plain.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Shown()}'",
            { TypeKind: TypeKind.Enum } when DecisionValues.All(type).Count == 0 && DecisionValues.IsClosed(type) => "give it members",
            _ when DecisionValues.IsSupported(type) => null,
            { SpecialType: SpecialType.System_Char } => "return 'string'",
            _ => "return an enum or bool that says which way to go",
        };
        if (edit is null) return true;
        context.Report(Descriptors.UndecidableType, attribute.ArgumentPlace(0), [source.Place], step.Name, source.Description, type.Shown(), edit);
        return false;
    }
}
