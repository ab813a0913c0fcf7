namespace FlowGen.Generator.Model;

/// <summary>An artifact.</summary>
/// <param name="Name">Such as <c>best</c>.</param>
/// <param name="Type">Its type and codec.</param>
/// <param name="Element">For an element of a tuple, the element's name in source; for an output of a sub-flow, the output's name.</param>
/// <param name="Member">Name and accessibility of the typed client's member; <c>null</c> when the type cannot be named outside the flow.</param>
/// <param name="Scope">The dimensions for whose items there is one value each.</param>
internal sealed record ArtifactModel(string Name, ArtifactType Type, string? Element, ClientMember? Member, EquatableArray<int> Scope)
{
    /// <summary>Whether it is a result of the flow.</summary>
    public bool IsOutput { get; init; }
}

/// <summary>A member of the typed client.</summary>
internal sealed record ClientMember(string Accessibility, string Name);
