using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0105: there is nothing to run.</summary>
internal static class NoSteps
{
    public static void Check(FlowContext context)
    {
        if (context.Steps.Count == 0) context.Report(Descriptors.NoSteps, context.Type.Place(), context.Type.Name);
    }
}
