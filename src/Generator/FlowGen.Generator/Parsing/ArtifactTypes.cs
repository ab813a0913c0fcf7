using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Decides which types can be artifacts of one flow, and with which codecs.</summary>
/// <remarks>Names of emitted codecs are not qualified: they and all that uses them stand in one nested type of the flow.</remarks>
internal sealed class ArtifactTypes
{
    internal const string Runtime = "global::FlowGen.CompilerServices.";

    private readonly List<DiagnosticInfo> _problems = [];
    private readonly Dictionary<string, ArtifactNode?> _objects = new(StringComparer.Ordinal);
    private readonly HashSet<ArtifactNode> _endless = [];
    private readonly List<(ArtifactNode Node, Func<CodecModel> Model)> _codecs = [];
    private readonly HashSet<string> _codecNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _codecsWithJson = new(StringComparer.Ordinal);
    private readonly CustomCodecs _custom;

    public ArtifactTypes(Compilation compilation, INamedTypeSymbol flow)
    {
        (Compilation, Flow) = (compilation, flow);
        _custom = new CustomCodecs(this);
    }

    public IReadOnlyList<DiagnosticInfo> Problems => _problems;

    /// <summary>Whether a codec is missing that the compiler does not know either, and says so.</summary>
    public bool HasGaps { get; internal set; }

    /// <summary>The codecs to emit, after all types were resolved.</summary>
    public EquatableArray<CodecModel> Codecs => _codecs.Select(codec => codec.Model() with { HasJson = _codecsWithJson.Contains(codec.Node.CodecName) }).ToEquatable();

    internal Compilation Compilation { get; }

    internal INamedTypeSymbol Flow { get; }

    /// <summary>Finds the codec of a type, or notes why there is none.</summary>
    /// <param name="type">The type, with its nullability.</param>
    /// <param name="what">Who needs it, such as <c>artifact 'best' of step 'best'</c>.</param>
    /// <param name="location">Where to report.</param>
    public ArtifactType Resolve(ITypeSymbol type, string what, Location location)
    {
        var use = ArtifactUse.Of(type, what, location);
        var codecs = _codecs.Count;
        var node = Visit(type, use);
        foreach (var (added, _) in _codecs.Skip(codecs)) CheckEnd(added, use);
        if (use.IsParameter && node is { HasBlobs: true }) node = RefuseBlobs(type, use);
        return Describe(type, node, use);
    }

    /// <summary>The codec of a type that was resolved, and its shape in JSON; <c>null</c> if values cannot be given as JSON.</summary>
    public (string Codec, string Shape)? JsonOf(ITypeSymbol type, ArtifactUse use)
    {
        if (Visit(type, use) is not { HasJson: true } node) return null;
        foreach (var part in node.All) _codecsWithJson.Add(part.CodecName);
        return (node.CodecName, node.Json!);
    }

    /// <summary>Reports at the member to edit, if it is declared in this compilation, and at the artifact.</summary>
    internal void Report(DiagnosticDescriptor rule, ArtifactUse use, params string[] arguments)
    {
        var place = use.MemberLocation is { SourceTree: { } tree } member && Compilation.ContainsSyntaxTree(tree) ? member : use.Location;
        _problems.Add(new DiagnosticInfo(rule, arguments.ToEquatable(), place, (place == use.Location ? [] : new[] { use.Location }).ToEquatable()));
    }

    /// <summary>The node of a type; <c>null</c> if it cannot be stored, which has been reported then.</summary>
    internal ArtifactNode? Visit(ITypeSymbol type, ArtifactUse use)
    {
        if (type.TypeKind == TypeKind.Error) return null;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Wrap(type, "NullableCodec", nullable.TypeArguments[0], use);

        // Code without annotations does not say whether null is a value, so it is.
        return type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated
            ? Wrap(type.WithNullableAnnotation(NullableAnnotation.Annotated), "NullableReferenceCodec", type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), use)
            : VisitPresent(type, use);
    }

    private ArtifactNode? VisitPresent(ITypeSymbol type, ArtifactUse use)
    {
        if (type is INamedTypeSymbol own && _custom.TryVisit(own, use, out var custom)) return custom is not null && IsReachable(own, use) ? custom : null;
        if (type is INamedTypeSymbol root && UnionTypeParser.Find(root) is { } union) return VisitUnion(root, union, use);
        return VisitMember(type, use);
    }

    /// <summary>The node of a type as a member of its own union, which may list it.</summary>
    internal ArtifactNode? VisitMember(ITypeSymbol type, ArtifactUse use)
    {
        if (ArtifactRefusals.Of(type, use) is { } refusal)
        {
            Report(refusal.Rule, use, refusal.Arguments);
            return null;
        }

        if (type is IArrayTypeSymbol array) return VisitArray(array, use);
        if (type is not INamedTypeSymbol named) return null;
        if (KnownCodecs.Of(named) is { } known) return VisitKnown(named, known, use);
        if (named.FullMetadataName() == "System.Numerics.Tensors.Tensor`1") return VisitTensor(named, use);
        if (named.FullMetadataName() == "FlowGen.InputFile") return VisitInputFile(named, use);
        if (named.FullMetadataName() == "FlowGen.Secret`1") return VisitSecret(named, use);
        if (!IsReachable(named, use)) return null;
        if (named.TypeKind == TypeKind.Enum)
            return new ArtifactNode(named.FullName(), $"{Runtime}EnumCodec<{named.FullName()}>")
            {
                IsImmutable = true, CanFail = false,
                Json = JsonExpressions.Scalar(named, $"{Runtime}EnumCodec<{named.FullName()}>"),
                ColumnName = $"{Runtime}EnumColumn<{named.FullName()}>",
            };
        return VisitObject(named, use);
    }

    private ArtifactNode? Wrap(ITypeSymbol type, string codec, ITypeSymbol underlying, ArtifactUse use) =>
        VisitPresent(underlying, use) is { } node
            ? new ArtifactNode(type.FullName(), $"{Runtime}{codec}<{node.TypeName}, {node.CodecName}>")
            {
                IsImmutable = true, CanFail = false, Json = JsonExpressions.Nullable(node.Json), Parts = { node },
                ColumnName = node.ColumnName is null ? null : $"{Runtime}{codec.Replace("Codec", "Column")}<{node.TypeName}, {node.ColumnName}>",
            }
            : null;

    private ArtifactNode? VisitArray(IArrayTypeSymbol array, ArtifactUse use)
    {
        var codec = array.Rank == 1 ? "ArrayCodec<" : $"GridCodec<{array.FullName()}, ";
        return VisitItem(array.ElementType, use) is { } item
            ? new ArtifactNode(array.FullName(), $"{Runtime}{codec}{item.TypeName}, {item.CodecName}>") { Json = array.Rank == 1 ? JsonExpressions.List(item) : null, Parts = { item } }
            : null;
    }

    private ArtifactNode? VisitItem(ITypeSymbol type, ArtifactUse use)
    {
        var item = Visit(type, use.Item());
        item?.IsItem = true;
        return item;
    }

    private ArtifactNode? VisitKnown(INamedTypeSymbol type, KnownCodec known, ArtifactUse use)
    {
        var arguments = type.TypeArguments;
        var parts = known.Shape switch
        {
            KnownShape.Scalar => [],
            KnownShape.Sequence => [VisitItem(arguments[0], use)],
            _ => new[] { Visit(Key(arguments[0]), use.Key()), Visit(arguments[1], use.Value()) },
        };
        if (parts.Contains(null)) return null;
        if (known.Shape == KnownShape.Map && parts[0]!.TypeName.EndsWith("?", StringComparison.Ordinal))
        {
            Report(Descriptors.NullableKey, use, use.Subject, type.Shown());
            return null;
        }

        var codec = Runtime + known.Codec + (parts.Length == 0 ? "" : $"<{string.Join(", ", parts.Select(part => $"{part!.TypeName}, {part.CodecName}"))}>");
        var node = new ArtifactNode(type.FullName(), codec)
        {
            IsImmutable = known.IsImmutable, CanFail = known.CanFail, Json = JsonExpressions.Of(type, known.Shape, codec, parts!),
            ColumnName = known.ColumnOf(type.FullName()) is { } column ? Runtime + column : null,
        };
        node.Parts.AddRange(parts!);
        if (known.Shape == KnownShape.Pair) node.Always.AddRange([("Key", parts[0]!), ("Value", parts[1]!)]);
        return node;
    }

    /// <summary>No dictionary has keys that are null, so code without annotations does not mean them.</summary>
    private static ITypeSymbol Key(ITypeSymbol type) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None } ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;

    private ArtifactNode? VisitInputFile(INamedTypeSymbol type, ArtifactUse use)
    {
        if (use.IsParameter) return new ArtifactNode(type.FullName(), Runtime + "InputFileCodec") { IsImmutable = true };
        Report(Descriptors.InputFileArtifact, use, use.Subject);
        return null;
    }

    /// <summary>Parameters are given before there is a run whose store could hold a blob.</summary>
    private ArtifactNode? RefuseBlobs(ITypeSymbol type, ArtifactUse use)
    {
        Report(Descriptors.BlobParameter, use, use.Subject, type.Shown(), type is INamedTypeSymbol named && named.FullMetadataName() == "FlowGen.Blob" ? "" : ", which can contain a 'Blob'");
        return null;
    }

    /// <summary>A secret is a parameter, or nothing: within an object it would be stored.</summary>
    private ArtifactNode? VisitSecret(INamedTypeSymbol type, ArtifactUse use)
    {
        if (use is { IsParameter: true, IsRoot: true }) return new ArtifactNode(type.FullName(), $"{Runtime}SecretCodec<{type.TypeArguments[0].FullName()}>") { IsImmutable = true };
        Report(Descriptors.SecretArtifact, use, use.Subject, type.Shown());
        return null;
    }

    private ArtifactNode? VisitTensor(INamedTypeSymbol type, ArtifactUse use)
    {
        var key = type.FullName();
        if (_objects.TryGetValue(key, out var found)) return found;
        if (Visit(type.TypeArguments[0], use.Item()) is not { } item) return null;
        var node = new ArtifactNode(key, NewCodecName(type)) { Parts = { item } };
        _objects.Add(key, node);
        _codecs.Add((node, () => new TensorCodecModel(node.CodecName, key, type.Shown(), item.TypeName, item.CodecName)));
        return node;
    }

    private ArtifactNode? VisitObject(INamedTypeSymbol type, ArtifactUse use)
    {
        var stored = type.IsTupleType ? type.TupleUnderlyingType ?? type : type;
        var key = stored.FullName();
        if (_objects.TryGetValue(key, out var found)) return found;

        var codec = NewCodecName(stored);
        var node = new ArtifactNode(key, codec) { Shown = stored.Shown(), Json = JsonExpressions.Object(codec) };
        _objects.Add(key, node);
        var model = new ObjectTypeParser(this, stored, node, use).Parse();
        if (model is null) return _objects[key] = null;
        _codecs.Add((node, model));
        return node;
    }

    private ArtifactNode? VisitUnion(INamedTypeSymbol type, DeclaredUnion union, ArtifactUse use)
    {
        var key = $"union {type.FullName()}";
        if (_objects.TryGetValue(key, out var found)) return found;
        if (!IsReachable(type, use)) return null;

        var codec = NewCodecName(type, "Union");
        var node = new ArtifactNode(type.FullName(), codec) { Shown = type.Shown(), IsImmutable = true, Json = JsonExpressions.Object(codec) };
        _objects.Add(key, node);
        if (new UnionTypeParser(this, type, union, node, use).Parse() is not { } model) return _objects[key] = null;
        _codecs.Add((node, model));
        return node;
    }

    private bool IsReachable(INamedTypeSymbol type, ArtifactUse use)
    {
        for (var level = type; level is not null; level = level.ContainingType)
        {
            var isFile = level.IsFileLocal;
            if (!isFile && Compilation.IsSymbolAccessibleWithin(level.OriginalDefinition, Flow)) continue;
            Report(Descriptors.UnreachableType, use, use.Subject, type.Shown(), isFile ? "a file-local type" : $"{Accessibility(level)} in '{level.ContainingType?.Name}'",
                isFile ? $"remove 'file' from '{level.Name}'" : $"make '{level.Name}' internal, or nest it in the flow");
            return false;
        }
        return true;
    }

    /// <summary>A cycle of types is told once, not by each of them.</summary>
    private void CheckEnd(ArtifactNode node, ArtifactUse use)
    {
        if (!_endless.Add(node) || node.EndlessPath() is not { } path) return;
        _endless.UnionWith(node.Cycle());
        Report(Descriptors.EndlessType, use, use.Subject, node.Shown, node.Shown + string.Concat(path));
    }

    private ArtifactType Describe(ITypeSymbol type, ArtifactNode? node, ArtifactUse use)
    {
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        ArtifactType? item = null;
        if (node is not null && ItemOf(type) is { } itemType && Visit(itemType, use.Item()) is { } itemNode) item = Describe(itemType, itemNode, use.Item());
        return new ArtifactType(type.FullName(), type.Shown(), node?.CodecName ?? "", node?.IsShareable ?? false, isNullable, item);
    }

    private static ITypeSymbol? ItemOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named when named.FullMetadataName() is "System.Collections.Generic.List`1"
            or "System.Collections.Generic.IReadOnlyList`1" or "System.Collections.Immutable.ImmutableArray`1" => named.TypeArguments[0],
        _ => null,
    };

    private string NewCodecName(INamedTypeSymbol type, string kind = "")
    {
        var shown = type.IsTupleType ? "TupleOf" + type.Shown() : type.Shown();
        var chars = shown.Select(c => char.IsLetterOrDigit(c) ? c : '_').ToArray();
        var name = string.Join("_", new string(chars).Split(['_'], StringSplitOptions.RemoveEmptyEntries)) + kind + "Codec";
        var unique = name;
        for (var i = 2; !_codecNames.Add(unique); i++) unique = $"{name}{i}";
        return unique;
    }

    private static string Accessibility(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Microsoft.CodeAnalysis.Accessibility.Private => "private",
        Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedAndInternal => "protected",
        _ => "internal",
    };
}
