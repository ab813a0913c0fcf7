namespace FlowGen.Generator.Model;

/// <summary>A codec of an interface or base class all of whose members are known.</summary>
/// <param name="Name">Name of the struct.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Shown">The type as people see it.</param>
/// <param name="Members">In the order in which they are declared.</param>
/// <param name="IsNumbered">Whether members are stored with MessagePack's numbers instead of their names.</param>
internal sealed record UnionCodecModel(string Name, string TypeName, string Shown, EquatableArray<UnionMemberModel> Members, bool IsNumbered) : CodecModel(Name, TypeName, Shown);

/// <summary>A type in a union.</summary>
/// <param name="Name">As people see it.</param>
/// <param name="Number">Its number, with MessagePack's attributes.</param>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="CodecName">Its codec.</param>
/// <param name="Json">Expression that makes its shape in JSON; <c>null</c> if there is none.</param>
internal sealed record UnionMemberModel(string Name, int Number, string TypeName, string CodecName, string? Json);
