namespace FlowGen.Runs;

/// <summary>Why an attempt failed.</summary>
internal enum TaskErrorKind
{
    /// <summary>The step threw.</summary>
    User,

    /// <summary>The step took longer than its <see cref="TimeoutAttribute"/> allows.</summary>
    Timeout,

    /// <summary>The result could not be stored: null, a cycle, a subclass.</summary>
    Output,

    /// <summary>The place where it ran failed, not the step.</summary>
    System,
}

/// <summary>Why an attempt failed, as people see it.</summary>
/// <param name="Kind">Who is to blame.</param>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="Stack">All that .NET tells of it: inner exceptions and stack traces too; <c>null</c> if nothing was thrown.</param>
internal sealed record TaskError(TaskErrorKind Kind, string Type, string Message, string? Stack)
{
    /// <summary>Type of the error of an attempt whose job used more memory than it had asked for.</summary>
    public const string OutOfMemory = "FlowGen.OutOfMemory";

    /// <summary>Type of the error of an attempt whose place was lost.</summary>
    public const string Lost = "FlowGen.WorkerLost";
}
