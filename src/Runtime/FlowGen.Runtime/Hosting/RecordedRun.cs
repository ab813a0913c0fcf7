using System.Buffers;
using System.Text.Json;
using FlowGen.CommandLine;
using FlowGen.Runs;

namespace FlowGen;

/// <summary>A run as it was when it was read from a store, without the types of its flow.</summary>
public sealed class RecordedRun
{
    private readonly RunStore _store;
    private readonly RunValues _values;

    internal RecordedRun(RunStore store, RunSummary summary) => (_store, Summary, _values) = (store, summary, new RunValues(store, summary));

    internal RunSummary Summary { get; }

    /// <summary>The run as a whole, without its tasks.</summary>
    public RunInfo Info => field ??= new RunInfo
    {
        Id = Summary.Run.ToString(),
        ShortId = Summary.Run.Short,
        Flow = Summary.Run.Flow,
        Status = Summary.Status,
        Created = Summary.Manifest.Created,
        Finished = Summary.Finished,
        Duration = Summary.Duration,
        User = Summary.Manifest.User,
        Host = Summary.Manifest.Host,
        Tags = Summary.Manifest.Tags,
        Reason = Summary.Reason,
    };

    /// <summary>Commit that the program was built from or started at, if it is known.</summary>
    public string? Commit => Summary.Manifest.GitCommit;

    /// <summary>Resolved packages of the program, name to version.</summary>
    public IReadOnlyDictionary<string, string> Packages => Summary.Manifest.Packages;

    /// <summary>The values of its parameters; a secret is <c>"***"</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters => field ??= Summary.Manifest.Parameters.ToDictionary(
        parameter => parameter.Name, parameter => JsonValues.Of(json => MessagePackJson.Write(json, new ReadOnlySequence<byte>(parameter.Value), full: true)));

    /// <summary>Names of the artifacts of its flow.</summary>
    public IReadOnlyList<string> Artifacts => [.. Summary.Manifest.Graph.Artifacts.Select(artifact => artifact.Name)];

    /// <summary>A value by its name.</summary>
    /// <param name="name">An artifact, a parameter, or what is in it: <c>best</c>, <c>best.auc</c>, <c>fit[3].auc</c>, <c>testShare</c>, <c>run.took</c>.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <returns>The value, or <c>null</c> if there is none: its task was skipped, failed or did not run, or the run's flow has nothing of this name.</returns>
    /// <exception cref="FlowException">The name makes no sense, or the store cannot be read.</exception>
    public async Task<JsonElement?> FindAsync(string name, CancellationToken cancel = default) =>
        await _values.FindAsync(QueryPath.Parse(nameof(name), name), cancel).ConfigureAwait(false) is { ValueKind: not JsonValueKind.Undefined } found ? found : null;

    /// <summary>Its tasks, as far as they are known, by step, index and iteration.</summary>
    /// <exception cref="FlowException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<RunTask>> TasksAsync(CancellationToken cancel = default)
    {
        var state = await _store.ReadAsync(Summary.Run, cancel).ConfigureAwait(false);
        return [.. RunTasks.Of(state)];
    }
}
