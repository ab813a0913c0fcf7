using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>Finds the results of other runs that are parameters of this one.</summary>
internal static class FromRuns
{
    /// <param name="flow">The flow.</param>
    /// <param name="values">One value per parameter; <c>null</c> where nobody named a run.</param>
    /// <param name="store">Where the runs are.</param>
    /// <param name="isRecorded">Whether the values were recorded: then what was not found is not looked for again.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="FlowException">FG1017: no run fits. FG1018: the run that was named has no such artifact.</exception>
    public static async ValueTask<object?[]> ResolveAsync(FlowDefinition flow, object?[] values, RunStore store, bool isRecorded, CancellationToken cancel)
    {
        if (flow.Parameters.All(parameter => parameter.FromRun is null)) return values;
        values = [.. values];
        for (var p = 0; p < values.Length; p++)
        {
            if (flow.Parameters[p].FromRun is not { } from || (values[p] is null && isRecorded)) continue;
            if (await FindAsync(flow.Parameters[p], from, (values[p] as IRunArtifact)?.Run, store, cancel).ConfigureAwait(false) is var (run, handle))
                values[p] = ((IRunArtifact)flow.Parameters[p].Parse([run])!).Found(run, handle);
        }

        return values;
    }

    private static async ValueTask<(string Run, ArtifactHandle Handle)?> FindAsync(ParameterDefinition parameter, FromRunDefinition from, string? named, RunStore store, CancellationToken cancel)
    {
        var found = named is null || named == "latest" || named.StartsWith('@')
            ? (await store.LatestSuccessfulAsync(from.Flow, named is null ? from.Tag : named == "latest" ? null : named[1..], cancel).ConfigureAwait(false))?.Run
            : await store.ResolveAsync(from.Flow, named, cancel).ConfigureAwait(false);
        if (found is not { } key)
        {
            if (named is null && from.IsOptional) return null;
            var tag = named is null ? from.Tag : named.TrimStart('@') is var given && given != "latest" ? given : null;
            throw new FlowException("FG1017", $"Parameter {parameter.Name} is the artifact '{from.Artifact.Name}' of the newest run of {from.Flow} that succeeded{(tag is null ? "" : $" and carries the tag '{tag}'")}, but there is none in the store {store.Objects.Location}; " +
                $"run {from.Flow} first{(tag is null ? "" : ", give a run the tag")}, or name a run with {CommandLine.CommandLineNames.OptionOf(parameter)}.", 3);
        }

        var state = await store.ReadAsync(key, cancel).ConfigureAwait(false);
        var graph = state.Manifest.Graph;
        var position = Enumerable.Range(0, graph.Artifacts.Length).FirstOrDefault(i => graph.Artifacts[i].Name == from.Artifact.Name, -1);
        var task = position < 0 || !graph.Steps[graph.Artifacts[position].Step].Scope.IsEmpty ? null : state.Find(new TaskAddress(graph.Artifacts[position].Step));
        if (task is not { HasSucceeded: true, GoesOn: false })
            throw new FlowException("FG1018", $"Parameter {parameter.Name}: run {key} has no artifact '{from.Artifact.Name}'{(task is null ? ", as its flow was another then" : $", as the task that makes it is {StatusNames.Of(task.Status)}")}; name another run with {CommandLine.CommandLineNames.OptionOf(parameter)}.", 3);

        var stored = task.Outputs[position - graph.Steps[graph.Artifacts[position].Step].FirstArtifact];
        return (key.ToString(), new ArtifactHandle(from.Artifact.Name, stored.Hash.ToString(), stored.Size, async stop => await ReadAsync(store.Artifacts, from.Artifact, stored, key, stop).ConfigureAwait(false)));
    }

    private static async ValueTask<object?> ReadAsync(ArtifactStore artifacts, ArtifactDefinition artifact, StoredValue stored, RunKey run, CancellationToken stop)
    {
        try
        {
            return await artifacts.ReadAsync(artifact, stored, stop).ConfigureAwait(false);
        }
        catch (FlowException e) when (CurrentStep.Note(e))
        {
            throw;
        }
        catch (ArtifactFormatException e)
        {
            throw new ArtifactFormatException($"Artifact '{artifact.Name}' of run {run} cannot be read as {artifact.TypeName}: {e.Message}", e);
        }
    }
}
