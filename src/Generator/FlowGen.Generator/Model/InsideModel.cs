namespace FlowGen.Generator.Model;

/// <summary>A type with validation attributes somewhere inside, and how its values are searched for what is wrong.</summary>
/// <param name="Name">Name of the method that does it.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Kind">How its parts are found.</param>
/// <param name="Parts">The parts with something to check.</param>
internal sealed record InsideModel(string Name, string TypeName, InsideKind Kind, EquatableArray<InsidePartModel> Parts);

/// <summary>How the parts of a value are found.</summary>
internal enum InsideKind
{
    /// <summary>By their names.</summary>
    Members,

    /// <summary>One after the other.</summary>
    Items,

    /// <summary>The values of a dictionary, by key.</summary>
    Values,

    /// <summary>By the type that the value has.</summary>
    Cases,
}

/// <summary>A part of a value.</summary>
/// <param name="Access">Name of the member, or of the type for <see cref="InsideKind.Cases"/>.</param>
/// <param name="Path">How its place is told, such as <c>.width</c>.</param>
internal sealed record InsidePartModel(string Access, string Path)
{
    /// <summary>Checks of its own attributes.</summary>
    public EquatableArray<CheckModel> Checks { get; init; }

    /// <summary>Whether the checks are of its elements.</summary>
    public bool IsArray { get; init; }

    /// <summary>The method that searches it, if there is something inside.</summary>
    public string? Inside { get; init; }
}
