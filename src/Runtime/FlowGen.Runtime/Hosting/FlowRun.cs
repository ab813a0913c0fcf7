namespace FlowGen;

/// <summary>A run of a known flow. The generator derives a class from it for every flow, with one member per artifact.</summary>
/// <remarks>It shows the run as it was when it was read.</remarks>
public abstract class FlowRun
{
    private readonly FlowRunData _data;

    /// <summary>Wraps what the runtime read.</summary>
    protected FlowRun(FlowRunData data) => _data = data;

    /// <summary>The run as a whole.</summary>
    public RunInfo Info => _data.Info;

    /// <summary>An artifact that exists once.</summary>
    /// <param name="artifact">Its position in the flow.</param>
    protected RunArtifact<T> Artifact<T>(int artifact) => new(_data, artifact, default);

    /// <summary>An artifact that exists once per item.</summary>
    /// <param name="artifact">Its position in the flow.</param>
    protected RunArtifactList<T> ArtifactList<T>(int artifact) => new(_data, artifact);
}
