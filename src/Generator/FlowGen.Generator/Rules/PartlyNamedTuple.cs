using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0115: several artifacts, or one? Half the names say neither.</summary>
internal static class PartlyNamedTuple
{
    public static void Report(StepDeclaration step, FlowContext context) =>
        context.Report(Descriptors.PartlyNamedTuple, step.Method.ReturnTypePlace(), step.Name, step.Result!.Shown());
}
