namespace FlowGen.Generator.Model;

/// <summary>A codec of <c>Tensor&lt;T&gt;</c>, whose assembly the runtime does not know.</summary>
/// <param name="Name">Name of the struct.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Shown">The type as people see it.</param>
/// <param name="ItemTypeName">The type of its items.</param>
/// <param name="ItemCodecName">The codec of its items.</param>
internal sealed record TensorCodecModel(string Name, string TypeName, string Shown, string ItemTypeName, string ItemCodecName) : CodecModel(Name, TypeName, Shown);
