namespace FlowGen.Generator.Model;

/// <summary>A codec of one of the user's types.</summary>
/// <param name="Name">Name of the struct.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Shown">The type as people see it.</param>
/// <param name="Layout">How members become MessagePack.</param>
/// <param name="Members">In the order in which they are written.</param>
/// <param name="Arguments">The members that the constructor takes, by position.</param>
internal sealed record ObjectCodecModel(
    string Name, string TypeName, string Shown, ObjectLayout Layout, EquatableArray<MemberModel> Members, EquatableArray<int> Arguments) : CodecModel(Name, TypeName, Shown)
{
    /// <summary>Whether it is a class, so that null and subclasses must be refused.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether the constructor can only be reached through an accessor.</summary>
    public bool HasHiddenConstructor { get; init; }

    /// <summary>Whether an object can contain another of its type.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>Whether lists of it are stored member by member.</summary>
    public bool HasColumns { get; init; }
}

/// <summary>How the members of an object become MessagePack.</summary>
internal enum ObjectLayout
{
    /// <summary>A map from names to values.</summary>
    Map,

    /// <summary>An array with every member at its own index, for types with numbers as MessagePack keys.</summary>
    Indexed,

    /// <summary>An array of exactly these values.</summary>
    Tuple,
}
