using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>
/// The blobs that the encoding of a value refers to. They are named beside the value, not in it: so equal values have equal encodings wherever their blobs lie, and who looks for what a record
/// needs (gc, a reader in another language) finds it without knowing any type.
/// </summary>
/// <param name="Known">The blobs; default of a value that was read and has a <paramref name="List"/>, which names them.</param>
/// <param name="List">A value with their names, where they are too many for a record.</param>
internal sealed record BlobReferences(ImmutableArray<StoredValue> Known, StoredValue? List)
{
    /// <summary>More are listed in a value of their own.</summary>
    public const int MostInRecord = 64;
}
