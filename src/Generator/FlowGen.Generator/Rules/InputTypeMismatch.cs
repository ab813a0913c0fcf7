using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0204: only identity and reference conversions bind, so that no value is changed on its way.</summary>
internal static class InputTypeMismatch
{
    public static bool Report(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var (source, wanted) = (input.Source!, input.Parameter.Type);
        context.Report(Descriptors.InputTypeMismatch, input.Parameter.TypePlace(), [source.Place], Repairs(input, source, wanted, context),
            input.Parameter.Name, step.Name, wanted.Shown(), source.Description, source.Type.Shown(), Edit(input, source, wanted, context));
        return false;
    }

    private static ImmutableDictionary<string, string?> Repairs(InputDeclaration input, SourceDeclaration source, ITypeSymbol wanted, FlowContext context)
    {
        // An input bound by its own name needs no argument; what names a source already only changes its attribute.
        var kind = IsItem(source, wanted, context) ? "ForEach" : IsGathered(source, wanted, context) ? "Gather" : null;
        var repairs = Repair.Of(Repair.Type, input.Shape.Around(source.Type.FullName(), isQualified: true));
        if (kind is null) return repairs;
        var isNamed = input.Parameter.Attribute(context.Known.From) is not null;
        return repairs.And(isNamed ? Repair.Binding : Repair.Attribute, $"{kind}({source.Reference})");
    }

    private static string Edit(InputDeclaration input, SourceDeclaration source, ITypeSymbol wanted, FlowContext context)
    {
        if (IsItem(source, wanted, context))
            return "add [ForEach] to run once for each item, or take the whole list";
        if (IsGathered(source, wanted, context))
            return "add [Gather] to collect it over all items";
        return $"change the input to '{input.Shape.Around(source.Type.Shown())}', or take another with [From(...)]";
    }

    private static bool IsItem(SourceDeclaration source, ITypeSymbol wanted, FlowContext context) =>
        source is not ResourceDeclaration && Lists.ItemOf(source.Type, context.Known) is { } item && Conversions.Check(context.Compilation, item, wanted) == Fit.Fits;

    private static bool IsGathered(SourceDeclaration source, ITypeSymbol wanted, FlowContext context) =>
        source.Producer is not null && Lists.CanGather(source, wanted, context);
}
