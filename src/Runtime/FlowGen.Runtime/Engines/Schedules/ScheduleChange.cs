using System.Collections.Immutable;

namespace FlowGen.Engines;

/// <summary>What became of a schedule when its group was installed.</summary>
internal enum ScheduleFate : byte
{
    /// <summary>It was as it should be.</summary>
    Unchanged,

    /// <summary>It was not there.</summary>
    Installed,

    /// <summary>It was there and is different now.</summary>
    Updated,

    /// <summary>It was there, and the flow has it no more.</summary>
    Removed,
}

/// <summary>What became of one schedule.</summary>
/// <param name="Name">The schedule.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="IsSuspended">Whether it rests.</param>
/// <param name="Details">Of one that is different, in what.</param>
internal sealed record ScheduleChange(string Name, ScheduleFate Fate, bool IsSuspended, ImmutableArray<string> Details);
