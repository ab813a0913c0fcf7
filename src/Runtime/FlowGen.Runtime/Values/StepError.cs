namespace FlowGen;

/// <summary>Why a task failed, as another step sees it. Nothing in it differs between two attempts that fail alike.</summary>
/// <param name="Task">The task that failed, such as <c>fetch[7]</c>; of a blocked task, the one that blocked it.</param>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">Its message.</param>
public sealed record StepError(string Task, string Type, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Task} failed: {Message}";
}
