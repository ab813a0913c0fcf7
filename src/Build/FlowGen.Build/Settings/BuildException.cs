namespace FlowGen.Build;

/// <summary>Something that stops the build and that people can do something about.</summary>
/// <param name="code">The rule, which has a page.</param>
/// <param name="message">What is wrong and what to do.</param>
public sealed class BuildException(string code, string message) : Exception(message)
{
    /// <summary>The rule, which has a page.</summary>
    public string Code { get; } = code;
}
