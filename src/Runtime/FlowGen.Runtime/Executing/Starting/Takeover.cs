using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>
/// Takes over what the tasks of the origin made (H2). A step is the same when its name, its dimensions, its artifacts with their types and what it repeats are. A task is taken over only if
/// everything it needs was: so nothing taken over can rest on something that runs again and may turn out different. Of a loop all iterations are, up to the last that can be read; it goes on
/// from there. What was given the error of another task runs again, as that may succeed today; what was skipped is decided anew.
/// </summary>
internal static class Takeover
{
    /// <summary>Says what people must know of a run that goes on with other code.</summary>
    public static void Warn(RunScope run, RunManifest origin, string? programHash)
    {
        if (programHash is not null && origin.ProgramHash is { } before && before != programHash)
            run.Observer.Notice($"The code has changed since run {origin.Run}: finished tasks are taken over as they are, the others run with today's code.");
    }

    public static async Task ApplyAsync(Executor executor, RunScope run, Origin origin, CancellationToken cancel)
    {
        // Sub-flows that are not finished are asked for when they are opened.
        executor.Origin = origin;
        var (today, then) = (GraphDescription.Of(run.Flow), origin.Flow.Graph);
        for (var step = 0; step < today.Steps.Length; step++)
        {
            if (Find(today, step, then) is not { } old) continue;
            foreach (var found in Takeable.Of(origin.Flow, old, today.Steps[step].Loop))
            {
                // A loop needs the output of its last iteration only, to go on.
                while (found is [.., var last] && !await AreReadableAsync(run, origin.NameOf(last.Address), last, cancel).ConfigureAwait(false)) found.RemoveAt(found.Count - 1);
                foreach (var task in found) await executor.TakeOverAsync(Record(origin, task, step), again: task.GoesOn).ConfigureAwait(false);
            }
        }
    }

    private static TaskSucceeded Record(Origin origin, TaskState task, int step) =>
        new(task.Address with { Step = step, Outer = null }, task.Attempts, task.AttemptId, task.Started ?? origin.Run.Created, task.Duration ?? TimeSpan.Zero,
            task.Outputs, task.Origin ?? $"{origin.Run.Run}/{origin.NameOf(task.Address)}", task.Marks);

    /// <summary>The same step in another graph; <c>null</c> if there is none.</summary>
    public static int? Find(GraphDescription today, int step, GraphDescription then)
    {
        for (var old = 0; old < then.Steps.Length; old++)
        {
            if (then.Steps[old].Name != today.Steps[step].Name) continue;
            var isSame = Dimensions(then, old).SequenceEqual(Dimensions(today, step)) && Artifacts(then, old).SequenceEqual(Artifacts(today, step)) && then.Steps[old].Loop?.Output == today.Steps[step].Loop?.Output;
            return isSame ? old : null;
        }

        return null;
    }

    private static IEnumerable<string> Dimensions(GraphDescription graph, int step) => graph.Steps[step].Scope.Select(dimension => graph.Dimensions[dimension].Name);

    private static IEnumerable<(string, string)> Artifacts(GraphDescription graph, int step) =>
        graph.Artifacts.AsSpan(graph.Steps[step].FirstArtifact, graph.Steps[step].ArtifactCount).ToArray().Select(artifact => (artifact.Name, artifact.TypeName));

    /// <summary>Reads what is not in memory, so that a result that was lost is made again here and not missed later.</summary>
    private static async Task<bool> AreReadableAsync(RunScope run, string name, TaskState task, CancellationToken cancel)
    {
        try
        {
            foreach (var output in task.Outputs)
            {
                if (output.References is { } references)
                    foreach (var blob in await run.Artifacts.References.ReadAsync(references, cancel).ConfigureAwait(false)) await run.Artifacts.References.CheckAsync(blob, cancel).ConfigureAwait(false);
                if (output.Bytes is not null) continue;
                await using var content = run.Artifacts.OpenRead(output);
                await content.CopyToAsync(Stream.Null, cancel).ConfigureAwait(false);
            }

            return true;
        }
        catch (FlowException e) when (e is not Storage.StoreUnavailableException)
        {
            run.Observer.Notice($"{name} runs again: its stored result cannot be read. {e.Message}");
            return false;
        }
    }
}
