namespace FlowGen.Generator.Model;

/// <summary>A codec that is emitted.</summary>
/// <param name="Name">Name of the struct, nested in the flow's generated type.</param>
/// <param name="TypeName">The type it stores, fully qualified.</param>
/// <param name="Shown">The type as people see it.</param>
internal abstract record CodecModel(string Name, string TypeName, string Shown)
{
    /// <summary>Whether a parameter of this type, or with parts of this type, is given as JSON.</summary>
    public bool HasJson { get; init; }
}
