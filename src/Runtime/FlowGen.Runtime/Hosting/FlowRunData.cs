using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen;

/// <summary>A run as it was read from a store. Handed by the runtime to generated code, which makes typed members from it.</summary>
public sealed class FlowRunData
{
    private readonly ArtifactStore _artifacts;

    internal FlowRunData(FlowDefinition flow, RunState state, ArtifactStore artifacts) => (Flow, State, _artifacts) = (flow, state, artifacts);

    internal FlowDefinition Flow { get; }

    internal RunState State { get; }

    internal RunInfo Info => field ??= new RunInfo
    {
        Id = State.Manifest.Run.ToString(),
        ShortId = State.Manifest.Run.Short,
        Flow = State.Manifest.Run.Flow,
        Status = State.Status,
        Created = State.Manifest.Created,
        Finished = State.Finished,
        Duration = State.Duration,
        User = State.Manifest.User,
        Host = State.Manifest.Host,
        Tags = State.Manifest.Tags,
        Reason = State.Reason,
        Tasks = RunTasks.Of(State),
    };

    /// <summary>Finds an artifact of today's flow in the run, whose graph may be an older one: artifacts are the same when their names are.</summary>
    /// <returns>Position of the step and position among its outputs, or <c>null</c>.</returns>
    internal (int Step, int Output)? Find(int artifact)
    {
        var graph = State.Manifest.Graph;
        for (var i = 0; i < graph.Artifacts.Length; i++)
        {
            if (graph.Artifacts[i].Name == Flow.Artifacts[artifact].Name)
                return (graph.Artifacts[i].Step, i - graph.Steps[graph.Artifacts[i].Step].FirstArtifact);
        }

        return null;
    }

    /// <summary>Why a task has no outputs, as the end of a sentence.</summary>
    internal string WhyMissing(TaskState task) => RunTasks.WhyMissing(State, task);

    internal async ValueTask<T> DecodeAsync<T>(int artifact, StoredValue value, string name, CancellationToken cancel)
    {
        try
        {
            return (T)(await _artifacts.ReadAsync(Flow.Artifacts[artifact], value, cancel).ConfigureAwait(false))!;
        }
        catch (ArtifactFormatException e)
        {
            var recorded = State.Manifest.Graph.Artifacts.First(a => a.Name == Flow.Artifacts[artifact].Name).TypeName;
            throw new ArtifactUnavailableException(
                $"Artifact {name} of run {State.Manifest.Run} was stored as {recorded} and cannot be read as {Flow.Artifacts[artifact].TypeName}: {e.Message} Read it with the program that wrote it, or with 'dump'.", e);
        }
    }
}
