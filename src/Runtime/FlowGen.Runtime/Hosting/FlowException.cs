namespace FlowGen;

/// <summary>A mistake or an outside condition that a person can act on: shown as one line, never with a stack trace.</summary>
public class FlowException : Exception
{
    /// <summary>Describes the condition.</summary>
    /// <param name="code">Its id, such as <c>FG1003</c>; <c>docs/rules</c> has a page for each.</param>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="exitCode">Exit code of the process: 1 the run failed, 2 bad usage, 3 not found, 4 store unusable, 130 interrupted.</param>
    /// <param name="innerException">The cause, if any.</param>
    public FlowException(string code, string message, int exitCode, Exception? innerException = null) : base(message, innerException) =>
        (Code, ExitCode) = (code, exitCode);

    /// <summary>The id, such as <c>FG1003</c>.</summary>
    public string Code { get; }

    /// <summary>Exit code of the process.</summary>
    public int ExitCode { get; }
}
