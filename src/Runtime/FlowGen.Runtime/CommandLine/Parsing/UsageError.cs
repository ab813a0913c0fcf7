namespace FlowGen.CommandLine;

/// <summary>One mistake on the command line.</summary>
internal readonly record struct UsageError(string Code, string Message);

/// <summary>One or more mistakes on the command line, all reported at once.</summary>
internal sealed class UsageException(IReadOnlyList<UsageError> errors)
    : FlowException(errors[0].Code, string.Join('\n', errors.Select(e => e.Message)), ExitCodes.Usage)
{
    public IReadOnlyList<UsageError> Errors { get; } = errors;

    public UsageException(string code, string message) : this([new UsageError(code, message)]) { }
}
