namespace FlowGen;

/// <summary>An artifact does not exist: its task was skipped, failed, was blocked or has not run, or that run's flow had no such artifact. The message says which.</summary>
public sealed class ArtifactUnavailableException : FlowException
{
    internal ArtifactUnavailableException(string message, Exception? innerException = null) : base("FG1221", message, 3, innerException) { }
}
