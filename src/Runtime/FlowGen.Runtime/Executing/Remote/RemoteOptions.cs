using FlowGen.Engines;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>Where the steps of a run are sent, and how.</summary>
internal sealed record RemoteOptions
{
    /// <summary>Tasks that may be on their way or waiting to be, unless the run says otherwise: enough for all jobs to have their share of short ones.</summary>
    public const int MostTasks = 10_000;

    public required IJobEngine Engine { get; init; }

    /// <summary>What is recorded about it.</summary>
    public required RunSubmitted Submission { get; init; }

    /// <summary>Jobs at the same time.</summary>
    public int MaxJobs { get; init; } = 64;

    /// <summary>How much work a job should have.</summary>
    public TimeSpan SliceWork { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker goes on whose driver gives no sign of life.</summary>
    public TimeSpan OrphanTimeout { get; init; } = TimeSpan.FromHours(6);

    public RemoteTimes Times { get; init; } = new();

    /// <summary>Of a driver that goes only as far as nothing has to be waited for, how far that is.</summary>
    public DriverTurn? Turn { get; init; }
}

/// <summary>How often things are asked. The defaults keep a driver under its budget of requests (H6).</summary>
internal sealed record RemoteTimes
{
    /// <summary>How long tasks that are ready wait for others like them.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two looks for proposals of a slice: at first, and at most.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two lists of jobs.</summary>
    public TimeSpan List { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a job that was started may be in no list yet: those of some engines are behind.</summary>
    public TimeSpan Appear { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long tasks of unknown length wait for the first of their step to tell it.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the engine may be unreachable before the driver steps down (H1).</summary>
    public TimeSpan Unreachable { get; init; } = TimeSpan.FromMinutes(5);
}
