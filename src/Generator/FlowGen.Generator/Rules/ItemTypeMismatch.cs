using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0302: an item binds as a value does.</summary>
internal static class ItemTypeMismatch
{
    public static bool Check(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var (source, item) = (input.Source!, input.CollectionItem!);
        if (Conversions.Check(context.Compilation, item, input.Parameter.Type) == Fit.Fits) return true;
        var isWhole = Conversions.Check(context.Compilation, source.Type, input.Parameter.Type) == Fit.Fits;
        var edit = isWhole
            ? "remove [ForEach] to take the whole list"
            : $"change the input to '{item.Shown()}'";
        var retyped = Repair.Of(Repair.Type, item.FullName());
        context.Report(Descriptors.ItemTypeMismatch, input.Parameter.TypePlace(), [source.Place], isWhole ? retyped.WithoutShape(input, "ForEach") : retyped,
            input.Parameter.Name, step.Name, input.Parameter.Type.Shown(), source.Description, item.Shown(), edit);
        return false;
    }
}
