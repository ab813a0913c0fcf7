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
        var inner = Shape.NameOf(value, context.Known);
        var (found, edits) = name switch
        {
            _ when inner is not null => ($"but {name} and {inner} cannot be combined", new[] { Type(name), Type(inner) }),
            _ when type.MayBeNull() => ($"but {(name == "Artifact" ? "a handle" : $"an {name}")} itself is never null", [Type(name)]),
            "Item" when input.Kind != ArgumentKind.Gather => ("which only the items of a [Gather] can be", [Type(null)]),
            _ when input.Kind == ArgumentKind.Item => ("but an item of a collection is always there", [Type(null)]),
            _ when input.Source!.Producer is null => ($"but {input.Source.Description} is there from the start", [Type(null)]),
            _ => ("", []),
        };
        if (found.Length == 0) return true;
        // The type of a gather is a list around it.
        var repairs = input.Kind == ArgumentKind.Gather ? Repair.None : Repair.Of(Repair.Type, [.. edits.Select(edit => edit.Full)]);
        context.Report(Descriptors.MeaninglessShape, input.Parameter.TypePlace(), [input.Source!.Place], repairs,
            input.Parameter.Name, step.Name, type.Shown(), found, "write " + string.Join(" or ", edits.Select(edit => $"'{edit.Shown}'")));
        return false;

        (string Shown, string Full) Type(string? shape)
        {
            var innermost = Innermost(value, context.Known);
            return shape is null ? (innermost.Shown(), innermost.FullName()) : ($"{shape}<{innermost.Shown()}>", $"global::FlowGen.{shape}<{innermost.FullName()}>");
        }
    }

    private static ITypeSymbol Innermost(ITypeSymbol type, KnownTypes known)
    {
        while (Shape.NameOf(type, known) is not null) type = ((INamedTypeSymbol)type.WithoutNull()).TypeArguments[0];
        return type;
    }
}
