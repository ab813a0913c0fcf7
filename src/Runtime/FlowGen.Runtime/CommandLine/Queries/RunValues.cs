using System.Buffers;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The values of one run by name: its parameters, its artifacts and their members, and under <c>run</c> what is known of itself. Names are compared ignoring case. Read when they are asked for.</summary>
internal sealed class RunValues(RunStore store, RunSummary summary)
{
    /// <summary>What is known of every run, after <c>run.</c>.</summary>
    public static readonly string[] Facts = ["id", "flow", "status", "user", "host", "created", "finished", "took", "commit"];

    private readonly Dictionary<StoredValue, JsonElement> _known = [];
    private RunState? _state;

    /// <summary>Names of parameters and artifacts.</summary>
    public IEnumerable<string> Names => summary.Manifest.Parameters.Select(parameter => parameter.Name).Concat(summary.Manifest.Graph.Artifacts.Select(artifact => artifact.Name));

    /// <summary>Whether the run has something of this name, with or without a value.</summary>
    public bool Knows(QueryPath path) => Same(path.Root, "run") ? path.Parts is [{ Member: { } fact }] && Facts.Any(known => Same(known, fact)) : Names.Any(name => Same(name, path.Root));

    /// <summary>A value; undefined if there is none.</summary>
    public async ValueTask<JsonElement> FindAsync(QueryPath path, CancellationToken cancel)
    {
        if (Same(path.Root, "run")) return path.Parts is [{ Member: { } fact }] ? Fact(fact) : default;
        var manifest = summary.Manifest;
        if (manifest.Parameters.FirstOrDefault(parameter => Same(parameter.Name, path.Root)) is { } parameter)
            return Inside(JsonValues.Of(json => MessagePackJson.Write(json, new ReadOnlySequence<byte>(parameter.Value), full: true)), path.Parts);

        var artifacts = manifest.Graph.Artifacts;
        for (var i = 0; i < artifacts.Length; i++)
            if (Same(artifacts[i].Name, path.Root)) return await ArtifactAsync(i, path, cancel).ConfigureAwait(false);
        return default;
    }

    private async ValueTask<JsonElement> ArtifactAsync(int artifact, QueryPath path, CancellationToken cancel)
    {
        var graph = summary.Manifest.Graph;
        var step = graph.Artifacts[artifact].Step;
        var (index, parts) = (default(TaskIndex), path.Parts);
        if (!graph.Steps[step].Scope.IsEmpty)
        {
            if (parts is not [{ Member: null } number, ..]) throw QueryError.Syntax("--show, --where or --sort", path.Text, $"has a value for each task of the step {graph.Steps[step].Name}; name one, such as {path.Root}[0]");
            (index, parts) = (TaskIndex.Of(number.Numbers), [.. parts.Skip(1)]);
        }

        _state ??= await store.ReadAsync(summary.Run, cancel).ConfigureAwait(false);
        if (_state.Find(new TaskAddress(step, index)) is not { HasSucceeded: true, GoesOn: false } task) return default;
        return Inside(await ReadAsync(task.Outputs[artifact - graph.Steps[step].FirstArtifact], path, cancel).ConfigureAwait(false), parts);
    }

    private async ValueTask<JsonElement> ReadAsync(StoredValue stored, QueryPath path, CancellationToken cancel)
    {
        if (_known.TryGetValue(stored, out var known)) return known;
        if (stored.Size > ArtifactDump.SizeLimit)
            throw new FlowException("FG1033", $"Artifact {path.Root} of run {summary.Run} has {Numbers.ShowBytes(stored.Size)}, which is too much to look into; ask for another value.", ExitCodes.Usage);
        var content = await store.Artifacts.ReadAsync(stored, cancel).ConfigureAwait(false);
        return _known[stored] = JsonValues.Of(json => MessagePackJson.Write(json, content, full: true));
    }

    private static JsonElement Inside(JsonElement value, IReadOnlyList<QueryPart> parts)
    {
        foreach (var (member, numbers) in parts)
        {
            if (member is not null) value = Member(value, member);
            else foreach (var number in numbers) value = value.ValueKind == JsonValueKind.Array && number >= 0 && number < value.GetArrayLength() ? value[number] : default;
        }

        return value;
    }

    private static JsonElement Member(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object) return default;
        if (value.TryGetProperty(name, out var exact)) return exact;
        foreach (var member in value.EnumerateObject())
            if (Same(member.Name, name)) return member.Value;
        return default;
    }

    private JsonElement Fact(string name) => name.ToLowerInvariant() switch
    {
        "id" => JsonValues.Of(summary.Run.ToString()),
        "flow" => JsonValues.Of(summary.Run.Flow),
        "status" => JsonValues.Of(StatusNames.Of(summary.Status)),
        "user" => JsonValues.Of(summary.Manifest.User),
        "host" => JsonValues.Of(summary.Manifest.Host),
        "created" => JsonValues.Of(json => json.WriteStringValue(summary.Manifest.Created.UtcDateTime)),
        "finished" when summary.Finished is { } finished => JsonValues.Of(json => json.WriteStringValue(finished.UtcDateTime)),
        "took" when summary.Duration is { } took => JsonValues.Of(took.ToString("c")),
        "commit" when summary.Manifest.GitCommit is { } commit => JsonValues.Of(commit),
        _ => default,
    };

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
