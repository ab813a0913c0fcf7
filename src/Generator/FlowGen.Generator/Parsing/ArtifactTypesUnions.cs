using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>A union as its attributes declare it.</summary>
/// <param name="Members">Types, <c>null</c> for what does not compile, the number of each, and where it is listed.</param>
/// <param name="IsNumbered">Whether MessagePack's attributes declare it.</param>
/// <param name="Place">The attribute, if it is in source.</param>
internal sealed record DeclaredUnion(IReadOnlyList<(INamedTypeSymbol? Type, int Number, Location? Place)> Members, bool IsNumbered, Location? Place);

/// <summary>Checks the members of a union: classes and structs, each assignable and with a name of its own.</summary>
internal sealed class UnionTypeParser(ArtifactTypes types, INamedTypeSymbol type, DeclaredUnion union, ArtifactNode node, ArtifactUse use)
{
    /// <summary>The union that a type declares with <c>[ArtifactUnion]</c> or MessagePack's <c>[Union]</c>, or <c>null</c>.</summary>
    public static DeclaredUnion? Find(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Interface)) return null;
        if (type.OriginalDefinition.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.FullMetadataName() == "FlowGen.ArtifactUnionAttribute") is { } own)
        {
            var listed = own.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } array ? array.Values : [];
            return new DeclaredUnion(listed.Select((value, i) => (value.Value as INamedTypeSymbol, 0, Place(own, i))).ToList(), IsNumbered: false, Place(own, -1));
        }

        var numbered = type.OriginalDefinition.GetAttributes().Where(ArtifactAnnotations.IsUnion).ToList();
        return numbered.Count == 0 ? null : new DeclaredUnion(
            numbered.Select(attribute => (attribute.Argument(1) as INamedTypeSymbol, attribute.Argument(0) as int? ?? 0, Place(attribute, 1))).ToList(), IsNumbered: true, Place(numbered[0], -1));
    }

    /// <summary>Visits the members; the model can be made when all types are known.</summary>
    public Func<CodecModel>? Parse()
    {
        var members = union.Members.Select(member => (Type: Close(member.Type), member.Number, member.Place)).ToList();
        if (members.Any(member => member.Type is null or { TypeKind: TypeKind.Error }))
        {
            types.HasGaps = true;
            return null;
        }

        if (members.Count == 0) Report(union.Place, "lists no types", "list the types that it can have");
        var isSound = members.Count > 0;
        for (var i = 0; i < members.Count; i++)
        {
            if (Problem(members[i].Type!, members[i].Number, members.Take(i).Select(earlier => (earlier.Type!, earlier.Number)).ToList()) is not { } problem) continue;
            Report(members[i].Place, problem.Found, problem.Edit);
            isSound = false;
        }
        if (!isSound) return null;

        var parts = members.Select(member => types.VisitMember(member.Type!, use.Case(member.Type!))).ToList();
        if (parts.Contains(null)) return null;
        node.Parts.AddRange(parts!);
        node.Choices.AddRange(members.Select((member, i) => (member.Type!.Shown(), parts[i]!)));
        return () => new UnionCodecModel(node.CodecName, node.TypeName, type.Shown(),
            members.Select((member, i) => new UnionMemberModel(member.Type!.Shown(), member.Number, parts[i]!.TypeName, parts[i]!.CodecName, parts[i]!.Json)).ToEquatable(), union.IsNumbered);
    }

    /// <summary>Open members of a generic base take its arguments.</summary>
    private INamedTypeSymbol? Close(INamedTypeSymbol? member) =>
        member is { IsUnboundGenericType: true } && member.Arity == type.Arity ? member.OriginalDefinition.Construct([.. type.TypeArguments]) : member;

    private (string Found, string Edit)? Problem(INamedTypeSymbol member, int number, List<(INamedTypeSymbol Type, int Number)> earlier)
    {
        var shown = member.Shown();
        if (member.IsUnboundGenericType) return ($"lists '{shown}', which is generic", "give it type arguments");
        if (!types.Compilation.HasImplicitConversion(member, type)) return ($"lists '{shown}', which is no '{type.Shown()}'", $"derive it from '{type.Shown()}', or remove it");
        if (member.TypeKind == TypeKind.Interface) return ($"lists '{shown}', an interface", "list the types that implement it");
        if (member.IsAbstract) return ($"lists '{shown}', an abstract class", "list the classes that derive from it");
        if (earlier.Any(other => SymbolEqualityComparer.Default.Equals(other.Type, member))) return ($"lists '{shown}' twice", "remove one");
        if (union.IsNumbered && earlier.Any(other => other.Number == number)) return ($"has the number {number} twice", $"give '{shown}' another number");
        if (!union.IsNumbered && earlier.Any(other => other.Type.Shown() == shown)) return ($"lists two types called '{shown}'", "rename one: values are stored with the name");
        return null;
    }

    private void Report(Location? place, string found, string edit) =>
        types.Report(Descriptors.UnfitUnion, place is null ? use : use with { MemberLocation = place }, use.Subject, type.Shown(), found, edit);

    /// <summary>An argument of an attribute in source, or the attribute.</summary>
    private static Location? Place(AttributeData attribute, int argument) => attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax ? null
        : argument >= 0 && syntax.ArgumentList?.Arguments is { } arguments && argument < arguments.Count ? arguments[argument].GetLocation()
        : syntax.GetLocation();
}
