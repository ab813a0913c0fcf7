namespace FlowGen.Generator.Model;

/// <summary>What a flow does by itself: when it starts, what it belongs to, what is called at its end.</summary>
internal sealed record FlowPolicyModel
{
    public static readonly FlowPolicyModel None = new();

    public EquatableArray<ScheduleModel> Schedules { get; init; }

    /// <summary>Names of events.</summary>
    public EquatableArray<string> Triggers { get; init; }

    /// <summary>Names of flows.</summary>
    public EquatableArray<string> TriggersOnFinish { get; init; }

    public string? Project { get; init; }

    public EquatableArray<FinallyModel> Finally { get; init; }
}

/// <summary>A cron expression and a time zone.</summary>
internal readonly record struct ScheduleModel(string Cron, string TimeZone);

/// <summary>A method that is called when a run has ended.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Call">What stands before the arguments, such as <c>flow.Notify</c>.</param>
/// <param name="Arguments">What it takes, in order.</param>
/// <param name="Result">What it returns.</param>
internal sealed record FinallyModel(string Method, string Call, EquatableArray<FinallyArgument> Arguments, FinallyResult Result);

/// <summary>What a method at the end of a run receives.</summary>
internal enum FinallyArgument
{
    Outcome,
    Logger,
    CancellationToken,
}

/// <summary>What a method at the end of a run returns.</summary>
internal enum FinallyResult
{
    Nothing,
    Task,
    ValueTask,
}
