namespace FlowGen.Testing;

/// <summary>An assertion about what ran does not hold: to a test framework, a test that fails.</summary>
public sealed class FlowAssertionException : Exception
{
    /// <summary>Says what was found and what was expected.</summary>
    public FlowAssertionException(string message) : base(message) { }

    /// <summary>Says what was found and what was expected.</summary>
    public FlowAssertionException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Says nothing.</summary>
    public FlowAssertionException() { }
}
