namespace FlowGen.Generator.Model;

/// <summary>A type whose values can be stored, and the codec that does it.</summary>
/// <param name="TypeName">Fully qualified, with nullability.</param>
/// <param name="DisplayName">As people see it.</param>
/// <param name="CodecName">Fully qualified name of the codec struct.</param>
/// <param name="Shareable">Deeply immutable, and the codec loses nothing.</param>
/// <param name="Nullable">Whether <c>null</c> is a value.</param>
/// <param name="Item">Type of the items if <c>[ForEach]</c> can iterate values of this type.</param>
internal sealed record ArtifactType(string TypeName, string DisplayName, string CodecName, bool Shareable, bool Nullable, ArtifactType? Item = null);
