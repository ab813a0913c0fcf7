namespace FlowGen.Executing;

/// <summary>The attempt whose code runs here: set before its step is called, and known in everything that the step starts.</summary>
internal static class CurrentStep
{
    private static readonly AsyncLocal<StepContext?> s_context = new();

    public static StepContext? Context
    {
        get => s_context.Value;
        set => s_context.Value = value;
    }

    /// <summary>Notes that the store failed under the step's hands, which is not the step's failure (H11). For exception filters: always false.</summary>
    public static bool Note(FlowException e)
    {
        if (e.ExitCode == 4) Context?.StoreFailure = e;
        return false;
    }
}
