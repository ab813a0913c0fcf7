using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace FlowGen;

/// <summary>What a step can know and do about its own attempt. A step takes it as a parameter.</summary>
public abstract class StepContext
{
    private static readonly GangPlace Alone = new(0, 1, "127.0.0.1:0");

    /// <summary>Id of the run, such as <c>churn/7zzd0q2k-x3k9q2mf</c>.</summary>
    public abstract string RunId { get; }

    /// <summary>Command-line name of the flow.</summary>
    public abstract string Flow { get; }

    /// <summary>Name of the step.</summary>
    public abstract string Step { get; }

    /// <summary>Name of the task, such as <c>fit[3]</c>.</summary>
    public abstract string TaskName { get; }

    /// <summary>Index of the task in its dimensions, slowest first, from 0; empty for a step that runs once.</summary>
    public abstract IReadOnlyList<int> Index { get; }

    /// <summary>Number of this attempt, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>The place of this invocation in its gang (<see cref="GangAttribute"/>); of a step without one, rank 0 of 1.</summary>
    public virtual GangPlace Gang => Alone;

    /// <summary>A text that is the same for all attempts of this task and in all resumes of its run: give it to external systems so that they act once.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>Tags of the run.</summary>
    public abstract IReadOnlyList<string> Tags { get; }

    /// <summary>Logger whose lines are stored with this attempt.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>An empty directory of this attempt, removed when it ends.</summary>
    public abstract string TempDirectory { get; }

    /// <summary>Tells people how far the task is.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="message">What is being done, if worth saying.</param>
    public abstract void Progress(double fraction, string? message = null);

    /// <summary>Waits until everything this task was computed from is durable. Call it before an effect outside the store that must not happen for values that a crash could lose.</summary>
    public abstract Task Committed();

    /// <summary>Where the blobs go that the step makes; <c>null</c> outside of a run.</summary>
    internal virtual BlobRoom? Blobs => null;

    /// <summary>What becomes of what the step's code writes to the console; <c>null</c> if nobody keeps it.</summary>
    internal virtual Executing.Logs.AttemptOutput? Captured => null;

    /// <summary>The last failure of the store under the hands of the step.</summary>
    internal FlowException? StoreFailure { get; set; }
}
