using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0125: an output is something.</summary>
internal static class OutputWithoutArtifacts
{
    public static void Check(StepDeclaration step, FlowContext context)
    {
        if (step is { IsOutput: true, IsCallable: true, Artifacts.Count: 0 }) context.Report(Descriptors.OutputWithoutArtifacts, step.Attributed.Attribute(context.Known.Output)!.Place(), step.Name);
    }
}
