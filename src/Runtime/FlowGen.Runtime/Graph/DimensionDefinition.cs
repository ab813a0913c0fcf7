namespace FlowGen.CompilerServices;

/// <summary>A collection that some step iterates.</summary>
/// <param name="Name">Name of the collection artifact or parameter.</param>
/// <param name="Kind">What <paramref name="Source"/> refers to.</param>
/// <param name="Source">Position of the collection.</param>
/// <param name="Items">Reads the collection.</param>
public sealed record DimensionDefinition(string Name, SourceKind Kind, int Source, ItemAccess Items)
{
    /// <summary>Names an item for people, or <c>null</c> if its index is all there is.</summary>
    public Func<object?, string?>? Label { get; init; }
}
