using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Rules;

/// <summary>FG0631: a resource outlives every task, so it is opened from what is there before the first of them.</summary>
internal static class BadPerWorkerInput
{
    public static bool Check(ResourceDeclaration resource, InputDeclaration input, IReadOnlyList<AttributeData> bindings, SourceTable sources, FlowContext context)
    {
        var parameter = input.Parameter;
        if (parameter.Type.TypeKind == TypeKind.Error || input.Source?.Type.TypeKind == TypeKind.Error) return false;
        var other = bindings.FirstOrDefault(binding => !binding.AttributeClass.Is(context.Known.From)) ?? (bindings.Count > 1 ? bindings[1] : null);
        var name = (bindings.Count > 0 ? bindings[0].Text(0) : null) ?? parameter.Name;
        if (sources.IsAmbiguous(name)) return false;
        var (found, edit, place) = parameter.Type.Is(context.Known.Context) ? ("is a StepContext, which belongs to one task", "take an ILogger or a CancellationToken", parameter.TypePlace())
            : other is not null ? ($"has [{BadValidation.ShortName(other)}], but a resource is opened once", $"remove [{BadValidation.ShortName(other)}]", other.Place())
            : parameter.HasExplicitDefaultValue ? ("has a default value that would never be used", "remove it", parameter.Syntax<ParameterSyntax>()?.Default?.GetLocation() ?? parameter.Place())
            : input.Source is ArtifactDeclaration || sources.Step(name) is not null ? ($"takes {input.Source?.Description ?? $"step '{name}'"}, which is made in a run and belongs to its tasks", "open the resource from parameters, and hand the artifact to it in the step", Named())
            : input.Source is null ? ("has no source, no parameter or resource has this name", Hint(name, sources), Named())
            : Conversions.Check(context.Compilation, input.Source.Type, parameter.Type) != Fit.Fits ? ($"is '{parameter.Type.Shown()}', but {input.Source.Description} is '{input.Source.Type.Shown()}'", $"write '{input.Source.Type.Shown()}'", parameter.TypePlace())
            : default;
        if (found is null) return true;
        context.Report(Descriptors.BadPerWorkerInput, place, parameter.Name, resource.Method.Name, found, edit);
        return false;

        Location Named() => bindings.Count == 0 ? parameter.Place() : bindings[0].ArgumentPlace(0);
    }

    private static string Hint(string name, SourceTable sources)
    {
        var names = sources.All.Where(source => source is not ArtifactDeclaration).Select(source => source.Name).ToList();
        return Spelling.Close(name, names).FirstOrDefault() is { } meant ? $"did you mean '{meant}'?" : "declare it as a [Parameter], or mark it with [Service] if the program registers it";
    }
}
