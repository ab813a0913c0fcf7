namespace FlowGen.S3;

/// <summary>
/// Brings the names of folders, which a server lists by <c>name/</c>, into the order of the names themselves: <c>a-b/</c> is listed before <c>a/</c>, because a hyphen comes
/// before a slash. A name waits for those that are its beginnings up to a hyphen, so a page of them at most.
/// </summary>
internal sealed class FolderOrder
{
    private readonly SortedSet<string> _held = new(StringComparer.Ordinal);

    /// <summary>Takes the next name of the listing and gives those that nothing can come before any more.</summary>
    public IEnumerable<string> Add(string name)
    {
        while (_held.Min is { } first && IsPassed(first, name))
        {
            _held.Remove(first);
            yield return first;
        }
        _held.Add(name);
    }

    /// <summary>The rest.</summary>
    public IEnumerable<string> End() => _held;

    /// <summary>Of the beginnings of a name the shortest is listed last.</summary>
    private static bool IsPassed(string held, string name)
    {
        var hyphen = held.IndexOf('-', 1);
        return hyphen < 0 || string.CompareOrdinal(name + "/", held[..hyphen] + "/") > 0;
    }
}
