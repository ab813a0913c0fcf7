using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Where a type is needed: the artifact, and the path from it.</summary>
/// <param name="What">Such as <c>artifact 'best' of step 'best'</c>.</param>
/// <param name="Location">The artifact's type in source.</param>
/// <param name="Path">From the artifact's type to the type in question, such as <c>Candidate.Model</c>.</param>
internal sealed record ArtifactUse(string What, Location Location, string Path)
{
    /// <summary>The innermost member on the path that is in source: that is what must be edited.</summary>
    public Location? MemberLocation { get; init; }

    public bool IsRoot { get; init; }

    public bool IsParameter { get; init; }

    /// <summary>How a message begins.</summary>
    public string Subject => IsRoot ? What : $"{What}: {Path}";

    public static ArtifactUse Of(ITypeSymbol type, string what, Location location) => new(what, location, type.Shown())
    {
        IsRoot = true,
        IsParameter = what.StartsWith("parameter ", StringComparison.Ordinal) || what.StartsWith("items of parameter ", StringComparison.Ordinal),
    };

    public ArtifactUse Item() => this with { Path = Path + "[i]", IsRoot = false };

    public ArtifactUse Key() => this with { Path = Path + "[key].Key", IsRoot = false };

    public ArtifactUse Value() => this with { Path = Path + "[key]", IsRoot = false };

    public ArtifactUse Case(ITypeSymbol member) => this with { Path = $"{Path}({member.Shown()})", IsRoot = false, IsParameter = false };

    public ArtifactUse Member(ISymbol member) => this with
    {
        Path = $"{Path}.{member.Name}",
        IsRoot = false,
        IsParameter = false,
        MemberLocation = member.Locations.FirstOrDefault(place => place.IsInSource) ?? MemberLocation,
    };
}
