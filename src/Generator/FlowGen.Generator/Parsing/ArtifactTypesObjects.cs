using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds out how the objects of one type are taken apart and made again.</summary>
internal sealed class ObjectTypeParser(ArtifactTypes types, INamedTypeSymbol type, ArtifactNode node, ArtifactUse use)
{
    private readonly bool _isTuple = type.IsTupleType || type.FullMetadataName().StartsWith("System.Tuple`", StringComparison.Ordinal);

    /// <summary>Visits the members. The model can be made when all types are known: only then is it clear what is recursive.</summary>
    public Func<ObjectCodecModel>? Parse()
    {
        var state = new ArtifactState(types, type, use);
        if (!state.Find()) return null;
        var isForeign = !_isTuple && !state.IsDeclaredHere(type);
        var all = type.IsTupleType ? type.TupleElements.Select(element => new StateMember(null, element.CorrespondingTupleField ?? element)).ToList() : state.Members;
        var choice = new ConstructorChoice(types, type, all);
        var constructor = type.IsTupleType ? new ArtifactConstructor(type.InstanceConstructors[0], all, false) : choice.Find();
        if (constructor is null)
        {
            ReportConstructor(choice.Unmatched);
            return null;
        }

        // Accessors to members of a generic type would have to be generic themselves.
        var uncovered = choice.Uncovered(constructor)
            .Concat(all.Where(member => member.Symbol.ContainingType.IsGenericType && member.Get(types.Compilation, types.Flow) != MemberAccess.Direct)).Distinct().ToList();
        var members = all.Except(isForeign ? uncovered : []).ToList();
        if (isForeign && ArtifactAnnotations.IsMessagePackObject(type) && !ArtifactAnnotations.UsesNamesAsKeys(type))
            members = members.Where(member => ArtifactAnnotations.KeyOf(member.Symbol) is not null || constructor.Arguments.Contains(member)).ToList();
        else if (!isForeign && uncovered.Count > 0) return ReportUncovered(uncovered);

        var parts = members.Select(member => types.Visit(member.Type, use.Member(member.Symbol))).ToList();
        if (!KeysAreSound(members) || parts.Contains(null)) return null;

        node.IsImmutable = _isTuple || (state.IsComplete && (type.IsValueType || (type.IsSealed && members.All(member => member.IsReadOnly))));
        node.CanFail = type.IsReferenceType;
        node.IsFlat = parts.Count > 0 && parts.All(part => part!.ColumnName is not null) && !HasNumbers(members);
        node.Parts.AddRange(parts!);
        var models = members.Select((member, i) => Member(member, parts[i]!, constructor, isForeign)).ToList();
        node.Always.AddRange(models.Select((model, i) => (model, part: parts[i]!)).Where(pair => !pair.model.IsOptional).Select(pair => (pair.model.Name, pair.part)));
        return () => Model(models, members, parts!, constructor);
    }

    private ObjectCodecModel Model(List<MemberModel> models, List<StateMember> members, List<ArtifactNode?> parts, ArtifactConstructor constructor)
    {
        var complete = models.Select((model, i) => (Model: model with { CanFail = parts[i]!.WriteCanFail }, Member: members[i]));
        var layout = _isTuple ? ObjectLayout.Tuple : HasNumbers(members) ? ObjectLayout.Indexed : ObjectLayout.Map;
        var ordered = (layout switch
        {
            ObjectLayout.Tuple => complete,
            ObjectLayout.Indexed => complete.OrderBy(pair => pair.Model.Index),
            _ => complete.OrderBy(pair => pair.Model.Key, StringComparer.Ordinal),
        }).ToList();
        return new ObjectCodecModel(
            node.CodecName, node.TypeName, type.Shown(), layout,
            ordered.Select(pair => pair.Model).ToEquatable(),
            constructor.Arguments.Select(argument => ordered.FindIndex(pair => pair.Member == argument)).ToEquatable())
        {
            IsReference = type.IsReferenceType,
            HasHiddenConstructor = constructor.IsHidden,
            IsRecursive = node.IsRecursive,
            HasColumns = node is { IsFlat: true, IsItem: true },
        };
    }

    private MemberModel Member(StateMember member, ArtifactNode part, ArtifactConstructor constructor, bool isForeign)
    {
        var position = constructor.Arguments.ToList().IndexOf(member);
        var parameter = position < 0 || type.IsTupleType ? null : constructor.Method.Parameters[position];
        var set = position >= 0 ? MemberAccess.Constructor : member.Set(types.Compilation, types.Flow)!.Value;
        if (constructor.IsHidden && set == MemberAccess.Initializer) set = MemberAccess.PropertyAccessor;
        var isOptional = position >= 0
            ? parameter is { HasExplicitDefaultValue: true }
            : set != MemberAccess.Initializer && (member.Type.IsValueType || part.TypeName.EndsWith("?", StringComparison.Ordinal) || (!isForeign && member.HasInitializer));
        var key = ArtifactAnnotations.KeyOf(member.Symbol);
        return new MemberModel(member.Name, key as string ?? member.Name, part.TypeName, part.CodecName, member.Get(types.Compilation, types.Flow), set)
        {
            Index = key as int? ?? 0,
            ColumnName = part.ColumnName ?? "",
            FieldName = member.Field?.Name ?? "",
            DeclaringType = member.Symbol.ContainingType.FullName(),
            IsOptional = isOptional,
            Json = part.Json,
            Default = parameter is { HasExplicitDefaultValue: true } ? DefaultOf(parameter) : "default!",
        };
    }

    private bool KeysAreSound(List<StateMember> members)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var hasNumbers = HasNumbers(members);
        foreach (var member in members)
        {
            var key = ArtifactAnnotations.KeyOf(member.Symbol);
            var problem = hasNumbers && key is not int ? "has no number as [Key] while others have one"
                : key is < 0 or > 1000 ? $"has the key {key}, expected 0 to 1000"
                : !seen.Add($"{key ?? member.Name}") ? $"is stored as '{key ?? member.Name}', as another member is"
                : null;
            if (problem is null) continue;
            types.Report(Descriptors.BadMemberKey, use.Member(member.Symbol), use.Subject, type.Shown(), member.Symbol.Name, problem, "give every member a name or key of its own");
            return false;
        }
        return true;
    }

    private Func<ObjectCodecModel>? ReportUncovered(List<StateMember> uncovered)
    {
        foreach (var member in uncovered)
        {
            var isProperty = member.Property is not null;
            types.Report(Descriptors.UncoveredField, use with { MemberLocation = use.Member(member.Symbol).MemberLocation }, use.Subject, type.Shown(),
                $"{(isProperty ? "property" : "field")} '{member.Symbol.Name}'",
                member.Property?.SetMethod is not null ? $"make the accessors of '{member.Symbol.Name}' internal or public, or add a constructor parameter '{Names.Camel(member.Name)}'"
                : isProperty ? $"add 'init' to '{member.Symbol.Name}', or a constructor parameter '{Names.Camel(member.Name)}'" : $"add a constructor parameter '{Names.Camel(member.Name)}', or make it a property");
        }
        return null;
    }

    private void ReportConstructor(IParameterSymbol? unmatched)
    {
        if (unmatched is null)
        {
            types.Report(Descriptors.NoUsableConstructor, use, use.Subject, type.Shown(), "it has no constructor that generated code can call", "add an internal constructor");
            return;
        }

        types.Report(Descriptors.NoUsableConstructor, use, use.Subject, type.Shown(), $"no member has the name and type of the constructor's parameter '{unmatched.Name}'",
            $"add a property '{Names.Pascal(unmatched.Name)}' of type '{unmatched.Type.Shown()}', or another constructor");
    }

    private static bool HasNumbers(IEnumerable<StateMember> members) => members.Any(member => ArtifactAnnotations.KeyOf(member.Symbol) is int);

    private static string DefaultOf(IParameterSymbol parameter) => parameter.ExplicitDefaultValue switch
    {
        null => "default!",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        var value => $"({parameter.Type.FullName()})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)}{(value is decimal ? "m" : "")})",
    };
}
