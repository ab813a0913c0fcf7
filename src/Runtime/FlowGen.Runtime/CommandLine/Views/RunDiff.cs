using System.Buffers;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>One thing that is not the same in two runs; <c>null</c> where it does not exist.</summary>
internal readonly record struct Difference(string Name, string? Before, string? After);

/// <summary>An artifact that two runs do not have alike.</summary>
internal readonly record struct ArtifactDifference(string Task, string Name, StoredValue? Before, StoredValue? After);

/// <summary>What differs between two runs.</summary>
internal sealed class RunDiff
{
    private RunDiff(RunState before, RunState after) => (Before, After) = (before, after);

    public RunState Before { get; }
    public RunState After { get; }
    public required IReadOnlyList<(string Name, JsonElement Before, JsonElement After)> Parameters { get; init; }
    public required IReadOnlyList<Difference> Policies { get; init; }
    public required IReadOnlyList<Difference> Program { get; init; }
    public required IReadOnlyList<Difference> Packages { get; init; }

    /// <summary>The sources of both; <c>null</c> if one has none.</summary>
    public (SourceSnapshot Before, SourceSnapshot After)? Sources { get; init; }

    /// <summary>Paths that changed.</summary>
    public IReadOnlyList<string> Code => field ??= Sources is var (a, b) ? [.. UnifiedDiff.Changed(a, b)] : [];
    public required IReadOnlyList<ArtifactDifference> Artifacts { get; init; }
    public required int EqualArtifacts { get; init; }

    /// <summary>How long the tasks of each step took together, those that ran.</summary>
    public required IReadOnlyList<(string Step, TimeSpan? Before, TimeSpan? After)> Timings { get; init; }

    public static RunDiff Of(RunState before, RunState after, (SourceSnapshot Before, SourceSnapshot After)? sources)
    {
        var (artifacts, equal) = ArtifactsOf(before, after);
        var (a, b) = (before.Manifest, after.Manifest);
        return new RunDiff(before, after)
        {
            Parameters = [.. Pair(ParametersOf(a), ParametersOf(b)).Where(pair => !pair.Before.HasValue || !pair.After.HasValue || !JsonElement.DeepEquals(pair.Before.Value, pair.After.Value)).Select(pair => (pair.Name, pair.Before ?? default, pair.After ?? default))],
            Policies = Texts(PoliciesOf(a), PoliciesOf(b)),
            Program = Texts(ProgramOf(a), ProgramOf(b)),
            Packages = Texts(a.Packages, b.Packages),
            Sources = sources,
            Artifacts = artifacts,
            EqualArtifacts = equal,
            Timings = [.. Pair(TimingsOf(before), TimingsOf(after)).Select(pair => (pair.Name, pair.Before, pair.After))],
        };
    }

    /// <summary>The names of both in order, those of the first before those that only the second has.</summary>
    private static IEnumerable<(string Name, T? Before, T? After)> Pair<T>(IEnumerable<KeyValuePair<string, T>> before, IEnumerable<KeyValuePair<string, T>> after) where T : struct
    {
        var (a, b) = (new OrderedDictionary<string, T>(before), new OrderedDictionary<string, T>(after));
        return a.Keys.Union(b.Keys).Select(name => (name, a.TryGetValue(name, out var x) ? x : (T?)null, b.TryGetValue(name, out var y) ? y : (T?)null));
    }

    private static IReadOnlyList<Difference> Texts(IEnumerable<KeyValuePair<string, string>> before, IEnumerable<KeyValuePair<string, string>> after)
    {
        var (a, b) = (new OrderedDictionary<string, string>(before), new OrderedDictionary<string, string>(after));
        return [.. from name in a.Keys.Union(b.Keys)
                   let difference = new Difference(name, a.GetValueOrDefault(name), b.GetValueOrDefault(name))
                   where difference.Before != difference.After
                   select difference];
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> ParametersOf(RunManifest manifest) => manifest.Parameters.Select(parameter =>
        KeyValuePair.Create(parameter.Name, JsonValues.Of(json => MessagePackJson.Write(json, new ReadOnlySequence<byte>(parameter.Value), full: true))));

    private static IEnumerable<KeyValuePair<string, string>> PoliciesOf(RunManifest manifest) =>
        manifest.Graph.AllSteps().SelectMany(step => step.Step.Policies.DistinctBy(policy => policy.Key).Select(policy => KeyValuePair.Create($"{step.Name}:{policy.Key}", policy.Value)));

    private static IEnumerable<KeyValuePair<string, string>> ProgramOf(RunManifest manifest)
    {
        if (manifest.GitCommit is { } commit) yield return new("commit", commit + (manifest.GitDirty == true ? " and changes" : ""));
        if (manifest.ProgramHash is { } hash) yield return new("program", hash);
        if (manifest.Sdk is { } sdk) yield return new("sdk", sdk);
        yield return new("runtime", manifest.RuntimeVersion);
        yield return new("flowgen", manifest.FlowGenVersion);
        yield return new("host", manifest.Host);
    }

    private static (List<ArtifactDifference>, int) ArtifactsOf(RunState before, RunState after)
    {
        var (equal, differences) = (0, new List<ArtifactDifference>());
        var left = new OrderedDictionary<(string, string), StoredValue>();
        foreach (var (task, name, value) in Outputs(before)) left[(task, name)] = value;
        foreach (var (task, name, value) in Outputs(after))
        {
            var known = left.Remove((task, name), out var old) ? old : null;
            if (known?.Hash == value.Hash) equal++;
            else differences.Add(new ArtifactDifference(task, name, known, value));
        }

        differences.AddRange(left.Select(pair => new ArtifactDifference(pair.Key.Item1, pair.Key.Item2, pair.Value, null)));
        return (differences, equal);
    }

    private static IEnumerable<(string Task, string Name, StoredValue Value)> Outputs(RunState state)
    {
        var graph = state.Manifest.Graph;
        foreach (var task in state.Tasks)
            for (var i = 0; i < task.Outputs.Length; i++) yield return (state.NameOf(task.Address), graph.GraphOf(task.Address).Artifacts[graph.StepOf(task.Address).FirstArtifact + i].Name, task.Outputs[i]);
    }

    private static IEnumerable<KeyValuePair<string, TimeSpan>> TimingsOf(RunState state)
    {
        var steps = state.Manifest.Graph.Steps;
        for (var step = 0; step < steps.Length; step++)
        {
            var (ticks, count) = (0L, 0);
            foreach (var task in state.TasksOf(step))
            {
                if (task is not { Status: FlowTaskStatus.Succeeded or FlowTaskStatus.Failed, Duration: { } took }) continue;
                (ticks, count) = (ticks + took.Ticks, count + 1);
            }

            if (count > 0) yield return new(steps[step].Name, TimeSpan.FromTicks(ticks));
        }
    }
}
