using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Replay;

/// <summary>What one artifact was, and what it is now.</summary>
/// <param name="Name">The artifact.</param>
/// <param name="Before">What the run recorded; <c>null</c> if the task did not succeed or did not make it.</param>
/// <param name="Now">What today's code makes; its bytes are in memory.</param>
/// <param name="Content">Its encoding.</param>
internal sealed record ReplayedArtifact(string Name, StoredValue? Before, StoredValue Now, ReadOnlyMemory<byte> Content);

/// <summary>Runs one task of a recorded run again in this process, with the inputs it had then and the code of today. Nothing is written to the store.</summary>
internal static class TaskReplay
{
    /// <param name="request">The flow, the services and where secrets are.</param>
    /// <param name="store">Where the run is.</param>
    /// <param name="run">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="mask">Gets what hides the values of secrets.</param>
    /// <param name="cancel">Handed to the step.</param>
    /// <exception cref="FlowException">The inputs are not there, or today's flow has no such step.</exception>
    public static async Task<IReadOnlyList<ReplayedArtifact>> RunAsync(RunRequest request, RunStore store, RunState run, TaskState task, Action<SecretMask> mask, CancellationToken cancel)
    {
        var (flow, name) = (request.Flow, run.Manifest.Graph.StepOf(task.Address).Name);
        if (task.Address.Outer is not null || run.Manifest.Graph.StepOf(task.Address).SubFlow is not null)
            throw new FlowException("FG1040", $"Task {run.NameOf(task.Address)} of run {run.Manifest.Run} cannot be replayed: it is {(task.Address.Outer is null ? "a sub-flow" : "inside of a sub-flow")}, whose parameters are not recorded as such. Replay a task of the run's own flow.", 2);
        var step = flow.Steps.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new FlowException("FG1040", $"Task {run.NameOf(task.Address)} of run {run.Manifest.Run} cannot be replayed: the flow has no step '{name}' any more. Replay it with the program that made the run; 'code pull' writes its source.", 2);
        var given = await FromRuns.ResolveAsync(flow, Resumption.Parameters(request, run.Manifest), store, isRecorded: true, cancel).ConfigureAwait(false);
        var hide = SecretMask.Of(given);
        mask(hide);
        var encoded = flow.Parameters.Select((parameter, p) => ParameterValues.Encode(parameter, given[p])).ToArray();
        var files = InputFiles.Of(run, flow);
        if (given.Select((value, p) => (value, p)).Any(parameter => parameter.value is InputFile or InputFile[] { Length: > 0 } && files.All(file => file.Parameter != parameter.p)))
            throw new FlowException("FG1040", $"Task {run.NameOf(task.Address)} of run {run.Manifest.Run} cannot be replayed: the run was killed before its input files were stored.", 2);
        var parameters = ParameterValues.Of(flow, encoded, given, files, store.Artifacts);
        var resolver = new InputResolver(flow, store.Artifacts, parameters);
        var inputs = new ReplayInputs(flow, run, resolver, parameters);

        foreach (var (variable, value) in step.Environment) Environment.SetEnvironmentVariable(variable, value);
        var host = StepHost.Of(flow, request.Services, parameters.CreateFlow, static _ => { }, cancel);
        await using (host.ConfigureAwait(false))
        {
            using var context = new ReplayContext(run, task, name, hide, request.Time);
            var frame = step.Gang > 1
                ? await GangRunner.InvokeAsync(step, host, context, async () => (parameters.CreateFlow(), await ResolveAsync().ConfigureAwait(false)), cancel).ConfigureAwait(false)
                : new StepFrame(parameters.CreateFlow(), await ResolveAsync().ConfigureAwait(false), step.ArtifactCount, context, cancel);
            if (step.Gang == 1) await host.InvokeAsync(step, frame).ConfigureAwait(false);
            return await EncodeAsync(flow, step, frame, run, task, request.Time, cancel).ConfigureAwait(false);
        }

        async ValueTask<object?[]> ResolveAsync()
        {
            var captured = await inputs.CaptureAsync(step, task, cancel).ConfigureAwait(false);
            await resolver.ResolveAsync(step, task.Address.Index, captured, cancel).ConfigureAwait(false);
            return captured;
        }
    }

    private static async Task<IReadOnlyList<ReplayedArtifact>> EncodeAsync(FlowDefinition flow, StepDefinition step, StepFrame frame, RunState run, TaskState task, TimeProvider time, CancellationToken cancel)
    {
        var memory = new ArtifactStore(new InMemoryStore(time), time);
        var (graph, first) = (run.Manifest.Graph, run.Manifest.Graph.Steps[task.Address.Step].FirstArtifact);
        var artifacts = new List<ReplayedArtifact>();
        for (var i = 0; i < step.ArtifactCount; i++)
        {
            var artifact = flow.Artifacts[step.FirstArtifact + i];
            if (frame.Outputs[i] is null && !artifact.Nullable) throw new ArtifactException($"Step '{step.Name}' returned null for its artifact '{artifact.Name}'; return a value, or declare it as {artifact.TypeName}?.");
            var stored = await memory.WriteAsync(artifact, frame.Outputs[i], cancel).ConfigureAwait(false);
            StoredValue? before = null;
            for (var old = 0; old < task.Outputs.Length; old++)
                if (graph.Artifacts[first + old].Name == artifact.Name) before = task.Outputs[old];
            artifacts.Add(new ReplayedArtifact(artifact.Name, before, stored, System.Buffers.BuffersExtensions.ToArray(await memory.ReadAsync(stored, cancel).ConfigureAwait(false))));
        }

        return artifacts;
    }
}
