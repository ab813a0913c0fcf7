namespace FlowGen.Runs;

/// <summary>States as people and programs read them.</summary>
internal static class StatusNames
{
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Succeeded => "succeeded",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        _ => "interrupted",
    };

    public static string Of(FlowTaskStatus status) => status switch
    {
        FlowTaskStatus.Pending => "pending",
        FlowTaskStatus.Running => "running",
        FlowTaskStatus.Succeeded => "succeeded",
        FlowTaskStatus.Reused => "reused",
        FlowTaskStatus.Failed => "failed",
        FlowTaskStatus.Skipped => "skipped",
        FlowTaskStatus.Blocked => "blocked",
        _ => "cancelled",
    };
}
