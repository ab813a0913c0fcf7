using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>A constructor, and the members that its parameters stand for.</summary>
internal sealed record ArtifactConstructor(IMethodSymbol Method, IReadOnlyList<StateMember> Arguments, bool IsHidden);

/// <summary>Chooses the constructor that makes an object again from its members.</summary>
internal sealed class ConstructorChoice(ArtifactTypes types, INamedTypeSymbol type, IReadOnlyList<StateMember> members)
{
    /// <summary>A parameter that stands for no member, if that is why there is no constructor.</summary>
    public IParameterSymbol? Unmatched { get; private set; }

    /// <summary>The best constructor: one marked for it, one that can be named, one that leaves nothing uncovered, the one with the most parameters.</summary>
    public ArtifactConstructor? Find() => type.InstanceConstructors
        .Where(constructor => !IsCopy(constructor))
        .Select(Match)
        .Where(match => match is not null)
        .OrderByDescending(match => ArtifactAnnotations.IsPreferred(match!.Method))
        .ThenBy(match => Uncovered(match!).Count())
        .ThenBy(match => match!.IsHidden)
        .ThenByDescending(match => match!.Arguments.Count)
        .FirstOrDefault();

    /// <summary>Members that neither the constructor nor anything else sets.</summary>
    public IEnumerable<StateMember> Uncovered(ArtifactConstructor constructor) =>
        members.Where(member => !constructor.Arguments.Contains(member) && member.Set(types.Compilation, types.Flow) is null);

    private ArtifactConstructor? Match(IMethodSymbol constructor)
    {
        var arguments = new List<StateMember>();
        foreach (var parameter in constructor.Parameters)
        {
            var member = members.FirstOrDefault(m => m.MatchesName(parameter.Name) && Fits(m.Type, parameter.Type)) ?? TupleItem(parameter);
            if (member is null || parameter.RefKind is not (RefKind.None or RefKind.In))
            {
                Unmatched ??= parameter;
                return null;
            }
            arguments.Add(member);
        }

        var isHidden = !types.Compilation.IsSymbolAccessibleWithin(constructor, types.Flow);
        return isHidden && type.IsGenericType ? null : new ArtifactConstructor(constructor, arguments, isHidden);
    }

    /// <summary>The constructors of tuples call their parameters <c>item1</c>, ..., and the rest <c>rest</c>.</summary>
    private StateMember? TupleItem(IParameterSymbol parameter) => type.IsTupleType ? members.ElementAtOrDefault(parameter.Ordinal) : null;

    private bool Fits(ITypeSymbol member, ITypeSymbol parameter)
    {
        var conversion = types.Compilation.ClassifyConversion(member, parameter);
        return conversion.IsIdentity || conversion is { IsImplicit: true, IsReference: true };
    }

    /// <summary>A parameter of the type itself may also stand for a member: the next one of a list.</summary>
    private bool IsCopy(IMethodSymbol constructor) =>
        constructor.Parameters is [var only] && only.Type.Is(type) && !members.Any(member => member.MatchesName(only.Name) && Fits(member.Type, only.Type));
}
