using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0211: steps that wait for each other never start.</summary>
internal static class Cycle
{
    public static void Report(IReadOnlyList<int> cycle, FlowContext context)
    {
        var steps = cycle.Select(id => context.Steps[id]).ToList();
        var path = string.Join(" -> ", steps.Concat([steps[0]]).Select(step => step.Name));
        context.Report(Descriptors.Cycle, steps[0].Place, steps.Skip(1).Select(step => step.Place), steps[0].Name, path);
    }
}
