using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0206: elements of equal types that swap their names would silently swap their values.</summary>
internal static class TupleNamesMismatch
{
    public static bool Report(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        context.Report(Descriptors.TupleNamesMismatch, input.Parameter.TypePlace(), [input.Source!.Place], Repair.Of(Repair.Type, input.Shape.Around(input.Source.Type.FullName(), isQualified: true)),
            input.Parameter.Name, step.Name, input.Parameter.Type.Shown(), input.Source.Description, input.Source.Type.Shown());
        return false;
    }
}
