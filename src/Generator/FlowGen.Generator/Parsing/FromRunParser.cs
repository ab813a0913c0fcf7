using FlowGen.Generator.Emission;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads parameters that are results of other runs: finds the other flow, its artifact, and whether the type agrees.</summary>
internal static class FromRunParser
{
    /// <summary>Whether a property is one, or is meant to be.</summary>
    public static bool IsWanted(IPropertySymbol property, FlowContext context) =>
        property.Attribute(context.Known.FromRun) is not null || property.Type.OriginalDefinition.Is(context.Known.Artifact);

    public static void Parse(ParameterDeclaration parameter, FlowContext context)
    {
        // Flows can name each other; of the other one only its artifacts matter.
        if (context.IsLookup) return;
        var type = parameter.Property.Type;
        if (Read(parameter, context) is not { } found) return;
        parameter.FromRun = found;
        var value = found.Value.TypeName;
        var codec = $"{Code.Services}RunArtifactCodec<{value}>";
        var present = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).FullName();
        parameter.Stored = found.IsOptional
            ? new ArtifactType(type.FullName(), type.Shown(), $"{Code.Services}NullableReferenceCodec<{present}, {codec}>", Shareable: true, Nullable: true)
            : new ArtifactType(type.FullName(), type.Shown(), codec, Shareable: true, Nullable: false);
        parameter.Parser = found.IsOptional ? $"{Code.Services}ParameterParsers.Optional({Code.Services}ParameterParsers.Artifact<{value}>())" : $"{Code.Services}ParameterParsers.Artifact<{value}>()";
    }

    private static FromRunModel? Read(ParameterDeclaration parameter, FlowContext context)
    {
        var property = parameter.Property;
        var attribute = property.Attribute(context.Known.FromRun);
        if (property.Type is not INamedTypeSymbol { TypeArguments: [var wanted] } || !property.Type.OriginalDefinition.Is(context.Known.Artifact))
            return BadFromRun.Report(parameter, property.TypePlace(), $"is '{property.Type.Shown()}', expected an Artifact, which is read on demand", $"write 'Artifact<{property.Type.WithoutNull().Shown()}>'", context);
        if (attribute is null) return BadFromRun.Report(parameter, property.TypePlace(), $"is '{property.Type.Shown()}', but no attribute says of which run", "add [FromRun(typeof(OtherFlow), nameof(OtherFlow.Step))]", context);
        if (property.Syntax<PropertyDeclarationSyntax>()?.Initializer is { } initializer && !IsNothing(initializer.Value))
            return BadFromRun.Report(parameter, initializer.GetLocation(), "has a default that would never be used", $"remove '{initializer}'", context);
        if (attribute.Argument(0) is not INamedTypeSymbol { TypeKind: not TypeKind.Error } type || attribute.Text(1) is not { } name || wanted.TypeKind == TypeKind.Error) return null;
        if (type.Attribute(context.Known.Flow) is not { } flow) return BadFromRun.Report(parameter, attribute.ArgumentPlace(0), $"names '{type.Shown()}', which is no flow", "name a class that is marked with [Flow]", context);
        if (attribute.Named("Tag") is string tag && (tag.Trim() != tag || tag.Length is 0 or > 100))
            return BadFromRun.Report(parameter, attribute.ArgumentPlace(0, "Tag"), $"names the tag '{tag}', expected 1 to 100 characters without spaces at its ends", "write it like Tag = \"champion\"", context);

        var other = FlowParser.LookUp(context.Compilation, type);
        var step = other.Context.Steps.FirstOrDefault(step => Same(step.Name, name) || Same(step.Method.Name, name));
        var artifact = other.Context.Artifacts.FirstOrDefault(artifact => Same(artifact.Name, name)) ?? (step?.Artifacts is [var single] ? single : null);
        if (artifact is null)
        {
            var names = other.Context.Artifacts.Select(candidate => candidate.Name).ToList();
            var edit = Spelling.Close(name, names).FirstOrDefault() is { } meant ? $"did you mean '{meant}'?" : names.Count == 0 ? "name another flow" : "name one of " + string.Join(", ", names.Take(10).Select(candidate => $"'{candidate}'"));
            return BadFromRun.Report(parameter, attribute.ArgumentPlace(1), $"names '{name}', which is no artifact of flow '{type.Name}'", edit, context);
        }

        if (artifact.Type.TypeKind == TypeKind.Error) return null;
        if (other.Scopes?[artifact.Producer.Id] is { Count: > 0 })
            return BadFromRun.Report(parameter, attribute.ArgumentPlace(1), $"names '{artifact.Name}' of flow '{type.Name}', which exists once for each item of a collection", "gather it in a step, and name what that makes", context);
        if (!SymbolEqualityComparer.IncludeNullability.Equals(artifact.Type, wanted))
            return BadFromRun.Report(parameter, property.TypePlace(), $"is '{property.Type.Shown()}', but artifact '{artifact.Name}' of flow '{type.Name}' is '{artifact.Type.Shown()}'", $"write 'Artifact<{artifact.Type.Shown()}>{(property.Type.MayBeNull() ? "?" : "")}'", context);

        var stored = context.Types.Resolve(wanted, $"result '{artifact.Name}' of flow '{type.Name}'", property.TypePlace());
        return stored.CodecName.Length == 0 ? null : new FromRunModel(flow.Text(0) ?? Names.OfFlow(type.Name), artifact.Name, attribute.Named("Tag") as string, stored, property.Type.MayBeNull());
    }

    private static bool IsNothing(ExpressionSyntax value) => value is PostfixUnaryExpressionSyntax { Operand: var operand } ? IsNothing(operand) : value.IsKind(SyntaxKind.NullLiteralExpression) || value.IsKind(SyntaxKind.DefaultLiteralExpression);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
