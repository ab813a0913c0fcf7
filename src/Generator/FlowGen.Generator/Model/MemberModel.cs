namespace FlowGen.Generator.Model;

/// <summary>A member of an object, and how to get and set it.</summary>
/// <param name="Name">Name in source.</param>
/// <param name="Key">Name in the encoding.</param>
/// <param name="TypeName">Fully qualified, with nullability.</param>
/// <param name="CodecName">Its codec.</param>
/// <param name="Get">How it is read from the object.</param>
/// <param name="Set">How it gets into the object.</param>
internal sealed record MemberModel(string Name, string Key, string TypeName, string CodecName, MemberAccess Get, MemberAccess Set)
{
    /// <summary>The column of many values; empty if there is none.</summary>
    public string ColumnName { get; init; } = "";

    /// <summary>Index in an array, for <see cref="ObjectLayout.Indexed"/>.</summary>
    public int Index { get; init; }

    /// <summary>Name of the field in metadata, for <see cref="MemberAccess.FieldAccessor"/>.</summary>
    public string FieldName { get; init; } = "";

    /// <summary>The type that declares it, for accessors.</summary>
    public string DeclaringType { get; init; } = "";

    /// <summary>Whether data without it can be read.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What an optional constructor parameter gets when it is missing.</summary>
    public string Default { get; init; } = "default!";

    /// <summary>Expression that makes its shape in JSON; <c>null</c> if there is none.</summary>
    public string? Json { get; init; }

    /// <summary>Whether writing can fail, so that the path must be known.</summary>
    public bool CanFail { get; init; }
}

/// <summary>Ways to a member.</summary>
internal enum MemberAccess
{
    /// <summary>By its name, as in <c>value.Name</c>.</summary>
    Direct,

    /// <summary>As a constructor's parameter.</summary>
    Constructor,

    /// <summary>In the object initializer.</summary>
    Initializer,

    /// <summary>A property that generated code cannot name, through an unsafe accessor.</summary>
    PropertyAccessor,

    /// <summary>A field that generated code cannot name, through an unsafe accessor.</summary>
    FieldAccessor,
}
