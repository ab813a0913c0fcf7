using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0205: the call is in generated code, so the compiler's own warning would go unseen.</summary>
internal static class NullableMismatch
{
    public static bool Report(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var (source, wanted) = (input.Source!, input.Parameter.Type);
        var (shape, value) = (input.Shape, input.Shape.Value);
        var isOutermost = source.Type.MayBeNull() && !value.MayBeNull();
        var edit = isOutermost
            ? $"make the input '{shape.Around(value.Shown() + "?")}', or never return null"
            : $"change the input to '{shape.Around(source.Type.Shown())}'";
        context.Report(Descriptors.NullableMismatch, input.Parameter.TypePlace(), [source.Place],
            Repair.Of(Repair.Type, shape.Around(isOutermost ? value.FullName() + "?" : source.Type.FullName(), isQualified: true)),
            input.Parameter.Name, step.Name, wanted.Shown(), source.Description, source.Type.Shown(), edit);
        return false;
    }
}
