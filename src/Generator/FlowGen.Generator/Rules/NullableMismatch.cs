using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0205: the call is in generated code, so the compiler's own warning would go unseen.</summary>
internal static class NullableMismatch
{
    public static bool Report(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var (source, wanted) = (input.Source!, input.Parameter.Type);
        var isOutermost = source.Type.MayBeNull() && !wanted.MayBeNull();
        var edit = isOutermost
            ? $"make the input '{wanted.Shown()}?', or never return null"
            : $"change the input to '{source.Type.Shown()}'";
        context.Report(Descriptors.NullableMismatch, input.Parameter.TypePlace(), [source.Place],
            Repair.Of(Repair.Type, isOutermost ? wanted.FullName() + "?" : source.Type.FullName()),
            input.Parameter.Name, step.Name, wanted.Shown(), source.Description, source.Type.Shown(), edit);
        return false;
    }
}
