using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds validation attributes on the members of the types that parameters are made of.</summary>
/// <remarks>A type is looked at once for each flow, whatever leads to it, so that each mistake is told once.</remarks>
internal sealed class InsideParser(FlowContext context)
{
    private readonly Dictionary<ITypeSymbol, Found> _found = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The methods that are needed, in the order in which their types were found.</summary>
    public EquatableArray<InsideModel> Models => _found.Values.Where(found => found.Has).Select(found => found.Model!).ToEquatable();

    /// <summary>The method that searches values of a type; <c>null</c> if there is nothing to check.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">How the mistakes in it name it.</param>
    public string? Of(ITypeSymbol type, string path) => Visit(type.WithoutNull(), path) is { Has: true } found ? found.Name : null;

    private Found? Visit(ITypeSymbol type, string path)
    {
        if (_found.TryGetValue(type, out var known)) return known;
        if (KindOf(type) is not { } kind) return null;
        var found = new Found();
        _found.Add(type, found);
        var parts = Parts(type, kind, path).ToList();
        // A type that contains itself is worth a visit if anything else in it is.
        found.Has = parts.Any(part => part.Own.Count > 0 || part.Found is { Has: true });
        if (!found.Has) return found;
        found.Name = Free(type is IArrayTypeSymbol ? "ArrayInside" : type.Name + "Inside");
        found.Model = new InsideModel(found.Name, type.FullName(), kind, parts.Where(part => part.Own.Count > 0 || part.Found is { Has: true })
            .Select(part => new InsidePartModel(part.Access, part.Path) { Checks = part.Own.ToEquatable(), IsArray = part.IsArray, Inside = part.Found is { Has: true } inside ? inside.Name : null }).ToEquatable());
        return found;
    }

    /// <summary>Nothing of the framework has members to check.</summary>
    private static InsideKind? KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Enum or TypeKind.TypeParameter or TypeKind.Error or TypeKind.Delegate } => null,
        _ when Pair(type) is not null => InsideKind.Values,
        _ when Item(type) is not null => InsideKind.Items,
        INamedTypeSymbol { IsTupleType: true } => InsideKind.Members,
        INamedTypeSymbol named when UnionTypeParser.Find(named) is not null => InsideKind.Cases,
        INamedTypeSymbol { ContainingNamespace: { } space } when Root(space) is not "System" => InsideKind.Members,
        _ => null,
    };

    private IEnumerable<(string Access, string Path, List<CheckModel> Own, bool IsArray, Found? Found)> Parts(ITypeSymbol type, InsideKind kind, string path)
    {
        switch (kind)
        {
            case InsideKind.Values:
                yield return ("", "", [], false, Visit(Pair(type)!.WithoutNull(), path + "[key]"));
                break;
            case InsideKind.Items:
                yield return ("", "", [], false, Visit(Item(type)!.WithoutNull(), path + "[i]"));
                break;
            case InsideKind.Cases:
                foreach (var member in UnionTypeParser.Find((INamedTypeSymbol)type)!.Members.Select(member => member.Type).OfType<INamedTypeSymbol>().Where(member => member.TypeKind != TypeKind.Error))
                    yield return (member.FullName(), "." + member.Name, [], false, Visit(member, $"{path}({member.Name})"));
                break;
            default:
                foreach (var (name, shown, partType, attributes) in Members((INamedTypeSymbol)type))
                {
                    var own = ValidationParser.Parse(new CheckTarget(path + shown, partType), attributes, context).Select(check => check.Model).ToList();
                    yield return (name, shown, own, partType is IArrayTypeSymbol, Visit(partType.WithoutNull(), path + shown));
                }
                break;
        }
    }

    private IEnumerable<(string Name, string Shown, ITypeSymbol Type, IEnumerable<AttributeData> Attributes)> Members(INamedTypeSymbol type)
    {
        if (type.IsTupleType)
        {
            for (var i = 0; i < type.TupleElements.Length; i++) yield return ($"Item{i + 1}", $"[{i}]", type.TupleElements[i].Type, []);
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var level = type; level is { SpecialType: SpecialType.None } && Root(level.ContainingNamespace) is not "System"; level = level.BaseType)
        {
            foreach (var member in level.GetMembers().Where(member => member is { IsStatic: false, IsImplicitlyDeclared: false } or { IsStatic: false } and IPropertySymbol))
            {
                var memberType = member switch
                {
                    IPropertySymbol { IsIndexer: false, GetMethod: { } getter, Name: not "EqualityContract" } property when context.Compilation.IsSymbolAccessibleWithin(getter, context.Type) => property.Type,
                    IFieldSymbol { AssociatedSymbol: null } field when context.Compilation.IsSymbolAccessibleWithin(field, context.Type) => field.Type,
                    _ => null,
                };
                if (memberType is null || memberType.TypeKind == TypeKind.Error || !seen.Add(member.Name)) continue;
                var parameters = level.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase));
                yield return (member.Name, "." + Names.Camel(member.Name), memberType, member.GetAttributes().Concat(parameters.SelectMany(parameter => parameter.GetAttributes())));
            }
        }
    }

    private static ITypeSymbol? Item(ITypeSymbol type) => type is IArrayTypeSymbol array ? array.ElementType : Enumerated(type);

    private static ITypeSymbol? Pair(ITypeSymbol type) => Enumerated(type) is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments: [_, var value] } ? value : null;

    private static ITypeSymbol? Enumerated(ITypeSymbol type) => (type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Append(type) : type.AllInterfaces).OfType<INamedTypeSymbol>()
        .FirstOrDefault(level => level.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    private static string? Root(INamespaceSymbol space)
    {
        string? root = null;
        for (var current = space; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace) root = current.Name;
        return root;
    }

    private string Free(string name)
    {
        var free = name;
        for (var i = 2; !_names.Add(free); i++) free = name + i;
        return free;
    }

    /// <summary>What is known of a type; made before its parts are looked at, since they can contain it.</summary>
    private sealed class Found
    {
        public bool Has { get; set; }
        public string Name { get; set; } = "";
        public InsideModel? Model { get; set; }
    }
}
