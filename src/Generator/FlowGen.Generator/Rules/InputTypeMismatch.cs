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
        context.Report(Descriptors.InputTypeMismatch, input.Parameter.TypePlace(), [source.Place],
            input.Parameter.Name, step.Name, wanted.Shown(), source.Description, source.Type.Shown(), Edit(source, wanted, context));
        return false;
    }

    private static string Edit(SourceDeclaration source, ITypeSymbol wanted, FlowContext context)
    {
        if (Lists.ItemOf(source.Type, context.Known) is { } item && Conversions.Check(context.Compilation, item, wanted) == Fit.Fits)
            return "add [ForEach] to run once for each item, or take the whole list";
        if (source.Producer is not null && Lists.GatheredItemOf(wanted, context.Known) is { } gathered && Conversions.Check(context.Compilation, source.Type, gathered) == Fit.Fits)
            return "add [Gather] to collect it over all items";
        return $"change the input to '{source.Type.Shown()}', or take another with [From(...)]";
    }
}
