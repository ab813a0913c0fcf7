using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0201: nothing has the input's name.</summary>
internal static class UnknownInput
{
    public static void Report(StepDeclaration step, InputDeclaration input, SourceTable sources, FlowContext context)
    {
        if (sources.Step(input.Parameter.Name) is { } namesake && SubFlowWithoutOutputs.Report(step, input, namesake, context)) return;
        context.Report(Descriptors.UnknownInput, input.Parameter.Place(), [], Repairs(step, input, sources, context), input.Parameter.Name, step.Name, Hint(step, input, sources, context));
    }

    private static string Hint(StepDeclaration step, InputDeclaration input, SourceTable sources, FlowContext context)
    {
        if (Service(input.Parameter.Type) is { } service) return $"change it to '{service.Name}', which the runtime provides";
        var name = input.Parameter.Name;
        var attribute = Attribute(input);
        if (sources.Step(name) is { } namesake && namesake != step)
        {
            return namesake.Artifacts.Count switch
            {
                0 => $"step '{namesake.Name}' returns nothing; return the value from it",
                1 => $"step '{namesake.Name}' makes '{namesake.Artifacts[0].Name}'; rename the input, or add [{attribute}(nameof({namesake.Method.Name}))]",
                _ => $"step '{namesake.Name}' makes {Quoted(namesake.Artifacts)}; name one of them",
            };
        }

        var (fitting, close) = Candidates(step, input, sources, context);
        if (close.FirstOrDefault() is { } meant) return $"did you mean '{meant}'?";
        return fitting.Count switch
        {
            0 when MayBeService(input.Parameter.Type) => "return it from a step, declare it as a [Parameter], or mark it with [Service] if the program registers it",
            0 => "return it from a step, or declare it as a [Parameter]",
            1 => $"add [{attribute}({fitting[0].Reference})] to take {fitting[0].Description}, which has this type",
            _ => $"add [{attribute}(...)] to take one of this type: {Quoted(fitting.Take(5))}",
        };
    }

    /// <summary>Renaming to what is spelled almost so, or naming what has the type: the closest spelling first.</summary>
    private static ImmutableDictionary<string, string?> Repairs(StepDeclaration step, InputDeclaration input, SourceTable sources, FlowContext context)
    {
        if (Service(input.Parameter.Type) is { } service) return Repair.Of(Repair.Type, service.FullName);
        var (fitting, close) = Candidates(step, input, sources, context);
        var namesakes = sources.Step(input.Parameter.Name) is { } namesake && namesake != step ? namesake.Artifacts : [];
        var names = namesakes.Count == 1 ? [namesakes[0].Name] : close;
        var named = namesakes.Concat(fitting.OrderBy(source => !close.Contains(source.Name))).Distinct().Take(5);
        return Repair.Of(Repair.Name, [.. names]).And(Repair.Attribute, [.. named.Select(source => $"{Attribute(input)}({source.Reference})")]);
    }

    private static (List<SourceDeclaration> Fitting, List<string> Close) Candidates(StepDeclaration step, InputDeclaration input, SourceTable sources, FlowContext context)
    {
        var others = sources.All.Where(source => source.Producer != step).ToList();
        var fitting = others.Where(source => Fits(source, input, context)).ToList();
        return (fitting, [.. Spelling.Close(input.Parameter.Name, others.Select(source => source.Name)).OrderBy(spelling => fitting.All(source => source.Name != spelling))]);
    }

    /// <summary>Interfaces are no artifacts, but for collections.</summary>
    private static bool MayBeService(ITypeSymbol type) => type.TypeKind == TypeKind.Interface && !type.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal);

    private static string Attribute(InputDeclaration input) =>
        input.Kind switch { Model.ArgumentKind.Item => "ForEach", Model.ArgumentKind.Gather => "Gather", _ => "From" };

    /// <summary>The service that a type which is almost one stands for.</summary>
    private static (string Name, string FullName)? Service(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { Name: "ILogger", TypeArguments.Length: 1 } => ("ILogger", "global::Microsoft.Extensions.Logging.ILogger"),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ Name: "CancellationToken" }] } => ("CancellationToken", "global::System.Threading.CancellationToken"),
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
        if (wanted is not null && input.Kind != Model.ArgumentKind.Item) wanted = Shape.Of(wanted, context.Known).Value;
        return given is not null && wanted is not null && wanted.SpecialType != SpecialType.System_Object
            && Conversions.Check(context.Compilation, given, wanted) == Fit.Fits;
    }

    private static string Quoted(IEnumerable<SourceDeclaration> sources) => string.Join(", ", sources.Select(source => $"'{source.Name}'"));
}
