using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0403: a decision never has a value of another type, and an enum only those that it declares.</summary>
internal static class BadDecisionValue
{
    public static List<int>? Report(StepDeclaration step, AttributeData attribute, int position, TypedConstant value, DecisionDeclaration decision, FlowContext context) =>
        Report(step, attribute, position, Found(value), decision, context);

    /// <returns>Nothing: the condition cannot be read.</returns>
    public static List<int>? Report(StepDeclaration step, AttributeData attribute, int position, string found, DecisionDeclaration decision, FlowContext context)
    {
        var source = decision.Source;
        context.Report(Descriptors.BadDecisionValue, position < 0 ? attribute.Place() : attribute.ArgumentPlace(position + 1), [source.Place],
            step.Name, found, source.Description, DecisionValues.Expected(source.Type), $"[When({source.Reference}, {DecisionValues.Example(source.Type)})]");
        return null;
    }

    private static string Found(TypedConstant value) => value switch
    {
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Type } => "a type",
        { Kind: TypedConstantKind.Array } => "an array",
        { Type: { } type } => $"{Literals.Shown(value.Value)} ('{type.Shown()}')",
        _ => "something else",
    };
}
