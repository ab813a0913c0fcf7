using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0418: what an iteration makes is what the next one takes.</summary>
internal static class CarryTypeMismatch
{
    /// <summary>The artifact that is carried on: the only one, or the element of the input's name.</summary>
    public static ArtifactDeclaration? Check(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        var type = input.Parameter.Type;
        var output = step.Artifacts.Count == 1 ? step.Artifacts[0]
            : step.Artifacts.FirstOrDefault(artifact => string.Equals(step.SubFlow is null ? artifact.Name : artifact.Element, input.Parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (type.TypeKind == TypeKind.Error || output?.Type.TypeKind == TypeKind.Error) return null;
        if (output is null)
        {
            var names = string.Join(", ", step.Artifacts.Select(artifact => $"'{artifact.Name}'"));
            context.Report(Descriptors.CarryTypeMismatch, input.Parameter.Place(), [step.Place], input.Parameter.Name, step.Name, type.Shown(), $"the step makes {names}", "name it like the element that it carries on");
            return null;
        }
        if (SymbolEqualityComparer.IncludeNullability.Equals(type, output.Type)) return output;
        var found = step.Artifacts.Count == 1 ? $"the step returns '{output.Type.Shown()}'" : $"element '{output.Name}' is '{output.Type.Shown()}'";
        context.Report(Descriptors.CarryTypeMismatch, input.Parameter.TypePlace(), [step.Method.ReturnTypePlace()], Repair.Of(Repair.Type, output.Type.FullName()),
            input.Parameter.Name, step.Name, type.Shown(), found, "give both the same type");
        return null;
    }
}
