using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0213: shapes say what happens if a producer was skipped or failed. They do not nest, and where nothing can be skipped or fail they say nothing.</summary>
internal static class MeaninglessShape
{
    /// <param name="step">The step.</param>
    /// <param name="input">The input.</param>
    /// <param name="type">Its type; of a gather, that of the items.</param>
    /// <param name="context">The flow.</param>
    public static bool Check(StepDeclaration step, InputDeclaration input, ITypeSymbol type, FlowContext context)
    {
        if (Shape.NameOf(type, context.Known) is not { } name) return true;
        var value = ((INamedTypeSymbol)type.WithoutNull()).TypeArguments[0];
        var (found, edit) = name switch
        {
            _ when Shape.NameOf(value, context.Known) is { } inner =>
                ($"but {name} and {inner} cannot be combined", $"write '{name}<{Innermost(value, context.Known).Shown()}>' or '{Innermost(value, context.Known).Shown(inner)}'"),
            _ when type.MayBeNull() => ($"but {An(name)} itself is never null", $"remove the '?' after '{name}<{value.Shown()}>'"),
            "Item" when input.Kind != ArgumentKind.Gather => ("which only the items of a [Gather] can be", $"write '{value.Shown()}'"),
            _ when input.Kind == ArgumentKind.Item => ("but an item of a collection is always there", $"write '{value.Shown()}'"),
            _ when input.Source!.Producer is null => ($"but {input.Source.Description} is there from the start", $"write '{value.Shown()}'"),
            _ => ("", ""),
        };
        if (found.Length == 0) return true;
        context.Report(Descriptors.MeaninglessShape, input.Parameter.TypePlace(), [input.Source!.Place], input.Parameter.Name, step.Name, type.Shown(), found, edit);
        return false;
    }

    private static ITypeSymbol Innermost(ITypeSymbol type, KnownTypes known)
    {
        while (Shape.NameOf(type, known) is not null) type = ((INamedTypeSymbol)type.WithoutNull()).TypeArguments[0];
        return type;
    }

    private static string Shown(this ITypeSymbol value, string shape) => $"{shape}<{value.Shown()}>";

    private static string An(string name) => name[0] is 'A' or 'O' or 'I' ? $"an {name}" : $"a {name}";
}
