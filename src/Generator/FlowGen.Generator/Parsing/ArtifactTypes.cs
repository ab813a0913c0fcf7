using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Decides which types can be artifacts of one flow, and with which codecs.</summary>
internal sealed class ArtifactTypes(Compilation compilation, INamedTypeSymbol flow)
{
    private readonly List<DiagnosticInfo> _problems = [];
    private readonly List<ObjectCodecModel> _codecs = [];

    public IReadOnlyList<DiagnosticInfo> Problems => _problems;

    /// <summary>The codecs to emit, after all types were resolved.</summary>
    public EquatableArray<ObjectCodecModel> ObjectCodecs => _codecs.ToEquatable();

    /// <summary>Finds the codec of a type, or notes why there is none.</summary>
    /// <param name="type">The type, with its nullability.</param>
    /// <param name="what">Who needs it, such as <c>artifact 'best' of step 'best'</c>.</param>
    /// <param name="location">Where to report.</param>
    public ArtifactType Resolve(ITypeSymbol type, string what, Location location)
    {
        _ = (compilation, flow, what, location);
        var name = type.ToDisplayString(TypeNames.FullyQualified);
        var display = type.ToDisplayString(TypeNames.Display);
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            var item = Resolve(array.ElementType, what, location);
            return new ArtifactType(name, display, $"global::FlowGen.CompilerServices.ArrayCodec<{item.TypeName}, {item.CodecName}>", Shareable: false, Nullable(type), item);
        }
        return new ArtifactType(name, display, $"global::FlowGen.CompilerServices.{type.Name}Codec", Shareable: true, Nullable(type));
    }

    private static bool Nullable(ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
