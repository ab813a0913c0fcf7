namespace FlowGen.Build;

/// <summary>The name of an image: <c>registry/repository:tag@digest</c>.</summary>
/// <param name="Registry">Host, with a port if it has one.</param>
/// <param name="Repository">What the registry calls it.</param>
/// <param name="Tag">A name that may move; <c>null</c>: none.</param>
/// <param name="Digest">What it is exactly; <c>null</c>: not known.</param>
public sealed record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    /// <summary>What to ask the registry for.</summary>
    public string Selector => Digest ?? Tag ?? "latest";

    /// <summary>Reads a name. Without a host it is an image of Docker Hub, as for Docker.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImageReference Parse(string text)
    {
        var (rest, digest) = Cut(text.Trim(), text.IndexOf('@', StringComparison.Ordinal));
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var isHost = slash > 0 && (rest[..slash].AsSpan().IndexOfAny('.', ':') >= 0 || rest[..slash] == "localhost");
        var (registry, path) = isHost ? (rest[..slash], rest[(slash + 1)..]) : ("docker.io", slash < 0 ? "library/" + rest : rest);
        var (repository, tag) = Cut(path, path.LastIndexOf(':'));
        if (repository.Length == 0 || !repository.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '.' or '_' or '-') || repository.Split('/').Any(part => part.Length == 0))
            throw new FormatException($"'{text}' is no name of an image: names look like registry.example.com/team/name:tag, in small letters");
        if (digest is not null && !(digest.StartsWith("sha256:", StringComparison.Ordinal) && digest.Length == 71)) throw new FormatException($"'{digest}' is no digest: digests are sha256: and 64 digits");
        return new(registry, repository, tag, digest);
    }

    /// <summary>As people write it.</summary>
    public override string ToString() => $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static (string Before, string? After) Cut(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
