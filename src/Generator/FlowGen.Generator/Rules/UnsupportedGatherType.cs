using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0304: a gather makes a list of exactly what it collects.</summary>
internal static class UnsupportedGatherType
{
    public static bool Check(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var source = input.Source!;
        if (Lists.CanGather(source, input.Parameter.Type, context)) return true;
        var isList = Lists.GatheredItemOf(input.Parameter.Type, context.Known) is not null;
        var isWhole = Conversions.Check(context.Compilation, source.Type, input.Parameter.Type) == Fit.Fits;
        var retyped = Repair.Of(Repair.Type, $"global::System.Collections.Generic.IReadOnlyList<{Item(source.Type.FullName(), true)}>");
        context.Report(Descriptors.UnsupportedGatherType, input.Parameter.TypePlace(), [source.Place], isWhole ? retyped.WithoutShape(input, "Gather") : retyped,
            input.Parameter.Name, step.Name, source.Description, input.Parameter.Type.Shown(), $"IReadOnlyList<{Item(source.Type.Shown(), false)}>",
            isWhole ? "remove [Gather] to take it as it is, or change its type" : "change its type");
        return false;

        // What was written is kept, but for the type inside.
        string Item(string type, bool isQualified) => isList ? input.Shape.Around(type, isQualified) : type;
    }
}
