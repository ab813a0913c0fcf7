namespace FlowGen.Scheduling;

/// <summary>What a task puts up with among the tasks it waits for. Skipped ones are always accepted: whether they skip the waiting task too is said by its guard.</summary>
internal enum EdgeAccepts : byte
{
    /// <summary>Each must have succeeded or been skipped.</summary>
    Success,

    /// <summary>Each may have failed or been blocked, but its dimensions must exist.</summary>
    Failure,

    /// <summary>Each must be decided, no matter how; its dimensions may be lost.</summary>
    Anything,
}
