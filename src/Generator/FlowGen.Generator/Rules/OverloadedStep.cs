using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0111: two steps of one name cannot be told apart.</summary>
internal static class OverloadedStep
{
    public static void Check(FlowContext context)
    {
        foreach (var overloads in context.Steps.GroupBy(step => step.Method.Name).Where(group => group.Count() > 1))
        {
            var first = overloads.First();
            context.Report(Descriptors.OverloadedStep, overloads.ElementAt(1).Place, overloads.Where((_, i) => i != 1).Select(step => step.Place),
                first.Name, $"{overloads.Count()}", first.Method.Name);
        }
    }
}
