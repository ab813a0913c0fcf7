using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0301: items need a count and an order.</summary>
internal static class NotIterable
{
    public static bool Report(StepDeclaration step, InputDeclaration input, AttributeData binding, FlowContext context)
    {
        var source = input.Source!;
        var isParameter = source.Producer is null;
        var edit = Lists.ItemOf(source.Type.WithoutNull(), context.Known) is not null
                ? isParameter ? $"make it '{source.Type.WithoutNull().Shown()}': an empty list runs nothing" : "never let it be null: an empty list runs nothing"
            : Lists.EnumeratedItemOf(source.Type.WithoutNull()) is { } item
                ? isParameter ? $"make it '{item.Shown()}[]'" : $"return '{item.Shown()}[]' from its step, with .ToArray()"
            : "iterate a list, or remove [ForEach] to take it as it is";
        context.Report(Descriptors.NotIterable, binding.Place(), [source.Place],
            input.Parameter.Name, step.Name, source.Description, source.Type.Shown(), edit);
        return false;
    }
}
