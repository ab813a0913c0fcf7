namespace FlowGen;

/// <summary>A value cannot be stored as an artifact: a cycle, an object of a subclass, a null that its type does not allow.</summary>
public class ArtifactException : Exception
{
    /// <summary>Says what cannot be stored and where.</summary>
    public ArtifactException(string message) : base(message) { }

    /// <summary>Says what cannot be stored and where, and why.</summary>
    public ArtifactException(string message, Exception innerException) : base(message, innerException) { }
}
