namespace FlowGen;

/// <summary>Names the codec that stores a type: on the type itself, or on an assembly for a type of others.</summary>
/// <remarks>
/// Attributes of referenced assemblies count too, so a package with codecs only has to be referenced; those of the project itself win, then those of the type.
/// The codec of a generic type is named open, <c>typeof(GridCodec&lt;&gt;)</c>. It takes the type's arguments, or each followed by its codec: <c>GridCodec&lt;T, TCodec&gt;</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class ArtifactCodecAttribute : Attribute
{
    /// <summary>Names the codec of the type that has the attribute.</summary>
    /// <param name="codec">A struct that implements <see cref="ICodec{T}"/> for it.</param>
    public ArtifactCodecAttribute(Type codec) => Codec = codec;

    /// <summary>Names the codec of a type of another assembly.</summary>
    /// <param name="type">The type to store.</param>
    /// <param name="codec">A struct that implements <see cref="ICodec{T}"/> for it.</param>
    public ArtifactCodecAttribute(Type type, Type codec) => (Type, Codec) = (type, codec);

    /// <summary>The type to store; <c>null</c> for the one that has the attribute.</summary>
    public Type? Type { get; }

    /// <summary>The codec.</summary>
    public Type Codec { get; }

    /// <summary>Whether values are deeply immutable and the codec loses nothing of them, so that all steps may share one object. By default each step reads its own copy.</summary>
    public bool Shareable { get; init; }
}
