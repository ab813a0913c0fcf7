using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0123: a flow that runs itself, also by way of others, would never end. Told in one of the flows on the way.</summary>
internal static class FlowInsideItself
{
    public static bool Check(StepDeclaration step, FlowContext context)
    {
        if (context.SubFlows.FlowOf(step.Result) is not { } inner || new SubFlows(context.Compilation, context.Known).PathBack(inner, context.Type) is not { } path) return true;
        var first = path.OrderBy(flow => flow.MetadataFullName(), StringComparer.Ordinal).First();
        if (first.Is(context.Type))
            context.Report(Descriptors.FlowInsideItself, step.Method.ReturnTypePlace(), path.Where(flow => !flow.Is(context.Type)).Select(flow => flow.Place()), context.Type.Name, string.Join(" -> ", path.Prepend(context.Type).Select(flow => flow.Name)), step.Name);
        return false;
    }
}
