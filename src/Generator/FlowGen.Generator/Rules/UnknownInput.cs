using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0201: nothing has the input's name.</summary>
internal static class UnknownInput
{
    public static void Report(StepDeclaration step, InputDeclaration input, SourceTable sources, FlowContext context) =>
        context.Report(Descriptors.UnknownInput, input.Parameter.Place(), input.Parameter.Name, step.Name, Hint(step, input, sources, context));

    private static string Hint(StepDeclaration step, InputDeclaration input, SourceTable sources, FlowContext context)
    {
        if (Service(input.Parameter.Type) is { } service) return $"change it to '{service}', which the runtime provides";
        var name = input.Parameter.Name;
        var attribute = input.Kind switch { Model.ArgumentKind.Item => "ForEach", Model.ArgumentKind.Gather => "Gather", _ => "From" };
        if (sources.Step(name) is { } namesake && namesake != step)
        {
            return namesake.Artifacts.Count switch
            {
                0 => $"step '{namesake.Name}' returns nothing; return the value from it",
                1 => $"step '{namesake.Name}' makes '{namesake.Artifacts[0].Name}'; rename the input, or add [{attribute}(nameof({namesake.Method.Name}))]",
                _ => $"step '{namesake.Name}' makes {Quoted(namesake.Artifacts)}; name one of them",
            };
        }

        var others = sources.All.Where(source => source.Producer != step).ToList();
        var fitting = others.Where(source => Fits(source, input, context)).ToList();
        var close = Spelling.Close(name, others.Select(source => source.Name)).ToArray();
        if ((close.FirstOrDefault(spelling => fitting.Any(source => source.Name == spelling)) ?? (close is [var closest, ..] ? closest : null)) is { } meant)
            return $"did you mean '{meant}'?";
        return fitting.Count switch
        {
            0 => "return it from a step, or declare it as a [Parameter]",
            1 => $"add [{attribute}({fitting[0].Reference})] to take {fitting[0].Description}, which has this type",
            _ => $"add [{attribute}(...)] to take one of this type: {Quoted(fitting.Take(5))}",
        };
    }

    /// <summary>The service that a type which is almost one stands for.</summary>
    private static string? Service(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { Name: "ILogger", TypeArguments.Length: 1 } => "ILogger",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ Name: "CancellationToken" }] } => "CancellationToken",
        _ => null,
    };

    private static bool Fits(SourceDeclaration source, InputDeclaration input, FlowContext context)
    {
        var (given, wanted) = input.Kind switch
        {
            Model.ArgumentKind.Item => (Lists.ItemOf(source.Type, context.Known), input.Parameter.Type),
            Model.ArgumentKind.Gather => (source.Type, Lists.GatheredItemOf(input.Parameter.Type, context.Known)),
            _ => (source.Type, input.Parameter.Type),
        };
        return given is not null && wanted is not null && wanted.SpecialType != SpecialType.System_Object
            && Conversions.Check(context.Compilation, given, wanted) == Fit.Fits;
    }

    private static string Quoted(IEnumerable<SourceDeclaration> sources) => string.Join(", ", sources.Select(source => $"'{source.Name}'"));
}
