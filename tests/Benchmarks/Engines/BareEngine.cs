namespace Benchmarks.Engines;

/// <summary>An engine as one would use it without FlowGen: what it takes for jobs that only wait is the baseline of what it takes for tasks.</summary>
internal abstract class BareEngine : IAsyncDisposable
{
    /// <summary>How often an engine is asked whether jobs have ended: as often as it takes to answer.</summary>
    protected static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public abstract string Name { get; }

    /// <summary>What the engine's own users call such jobs.</summary>
    public abstract string Jobs { get; }

    /// <summary>Where runs are kept: jobs see it.</summary>
    public abstract string Store { get; }

    /// <summary>Options that choose the engine and say how, but for its name.</summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>Starts jobs that wait, and returns when the engine says that all have ended.</summary>
    public abstract Task RunAsync(int jobs, TimeSpan each);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
