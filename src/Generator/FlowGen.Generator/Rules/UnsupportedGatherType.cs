using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0304: a gather makes a list of exactly what it collects.</summary>
internal static class UnsupportedGatherType
{
    public static bool Check(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var source = input.Source!;
        if (input.ItemType is { } item && Conversions.Check(context.Compilation, source.Type, item) == Fit.Fits) return true;
        var isWhole = Conversions.Check(context.Compilation, source.Type, input.Parameter.Type) == Fit.Fits;
        var retyped = Repair.Of(Repair.Type, $"global::System.Collections.Generic.IReadOnlyList<{source.Type.FullName()}>");
        context.Report(Descriptors.UnsupportedGatherType, input.Parameter.TypePlace(), [source.Place], isWhole ? retyped.WithoutShape(input, "Gather") : retyped,
            input.Parameter.Name, step.Name, source.Description, input.Parameter.Type.Shown(), $"IReadOnlyList<{source.Type.Shown()}>",
            isWhole ? "remove [Gather] to take it as it is, or change its type" : "change its type");
        return false;
    }
}
