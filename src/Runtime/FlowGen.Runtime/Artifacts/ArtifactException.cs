namespace FlowGen;

/// <summary>A value cannot be stored as an artifact: a cycle, an object of a subclass, a null that its type does not allow.</summary>
/// <remarks>While the exception leaves the codecs, each adds the member or index it was at, so that the message begins with the path to the value.</remarks>
public class ArtifactException : Exception
{
    private const int ShownSegments = 10;
    private readonly List<string> _path = [];

    /// <summary>Says what cannot be stored and where.</summary>
    public ArtifactException(string message) : base(message) { }

    /// <summary>Says what cannot be stored and where, and why.</summary>
    public ArtifactException(string message, Exception innerException) : base(message, innerException) { }

    /// <inheritdoc/>
    public override string Message => _path.Count == 0 ? base.Message : $"{FormatPath()}: {base.Message}";

    /// <summary>The row of a table that cannot be stored, while the exception leaves the columns.</summary>
    internal int? Row { get; set; }

    /// <summary>Adds a segment, <c>Member</c> or <c>[index]</c>, in front of the path.</summary>
    internal void Prepend(string segment) => _path.Add(segment);

    private string FormatPath()
    {
        var segments = Enumerable.Reverse(_path);
        if (_path.Count > ShownSegments) segments = segments.Take(ShownSegments - 1).Append("…");
        return string.Join('.', segments).Replace(".[", "[", StringComparison.Ordinal);
    }
}
