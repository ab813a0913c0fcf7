namespace FlowGen;

/// <summary>Stored bytes are not a value of the expected type: truncated, damaged, or of another type.</summary>
public sealed class ArtifactFormatException : ArtifactException
{
    /// <summary>Says what was expected and found.</summary>
    public ArtifactFormatException(string message) : base(message) { }

    /// <summary>Says what was expected and found, and the cause.</summary>
    public ArtifactFormatException(string message, Exception innerException) : base(message, innerException) { }
}
