namespace FlowGen;

/// <summary>A run that was started from code did not succeed.</summary>
public sealed class RunFailedException : FlowException
{
    internal RunFailedException(RunInfo run, string message) : base("FG1220", message, run.Status == RunStatus.Failed ? 1 : 130) => Run = run;

    /// <summary>The run, which can be resumed and whose other artifacts can be read.</summary>
    public RunInfo Run { get; }
}
