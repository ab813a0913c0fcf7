namespace FlowGen.Runs;

/// <summary>What a list of runs shows: known from the first and the last slot of a run.</summary>
internal sealed record RunSummary(RunManifest Manifest, RunStatus Status, DateTimeOffset? Finished, TimeSpan? Duration, string? Reason)
{
    public RunKey Run => Manifest.Run;
}
