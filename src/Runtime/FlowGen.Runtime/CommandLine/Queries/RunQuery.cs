using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A question about the runs of a store.</summary>
internal sealed record RunQuery
{
    public string? Flow { get; init; }
    public string? Status { get; init; }

    /// <summary>Whose runs; <c>null</c> for everybody's.</summary>
    public string? User { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>What parameters were.</summary>
    public IReadOnlyList<(QueryPath Path, JsonElement Value)> Parameters { get; init; } = [];
    public QueryNode? Where { get; init; }
    public IReadOnlyList<QueryPath> Show { get; init; } = [];
    public IReadOnlyList<(QueryPath Path, bool IsDescending)> Sort { get; init; } = [];
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>The answer: newest first, unless it is to be sorted.</summary>
    /// <exception cref="FlowException">A name that no run knows, or values that cannot be compared.</exception>
    public async Task<IReadOnlyList<RunRow>> FindAsync(RunStore store, CancellationToken cancel)
    {
        var rows = new List<RunRow>();
        var unknown = new List<QueryPath>([.. Parameters.Select(parameter => parameter.Path), .. Where?.Paths ?? [], .. Show, .. Sort.Select(key => key.Path)]);
        var names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var summaries = store.SummarizeAllAsync(Flow, Tags.Count > 0 ? Tags[0] : null, Since is null && Until is null ? null : IsInTime, cancel);
        var candidates = summaries.Where(IsWanted).SelectAheadAsync(async run =>
        {
            var values = new RunValues(store, run);
            return (Run: run, Values: values, Row: await MatchAsync(run, values, cancel).ConfigureAwait(false));
        }, cancel);
        await foreach (var (run, values, row) in candidates.ConfigureAwait(false))
        {
            if (unknown.RemoveAll(values.Knows) >= 0 && unknown.Count > 0) names.UnionWith(values.Names);
            if (row is null) continue;
            rows.Add(row);
            if (rows.Count == Limit && Sort.Count == 0) break;
        }

        // A name is a mistake only if there was a run that could have had it.
        if (unknown.Count > 0 && names.Count > 0) throw QueryError.UnknownName(unknown[0].Root == "run" ? unknown[0].Text : unknown[0].Root, names);
        if (Sort.Count > 0) rows.Sort(Compare);
        return rows.Count > Limit ? rows[..Limit] : rows;
    }

    private bool IsInTime(DateTimeOffset created) => (Since is null || created >= Since) && (Until is null || created < Until);

    private bool IsWanted(RunSummary run) => (Status is null || StatusNames.Of(run.Status) == Status) && (User is null || run.Manifest.User == User) && Tags.All(run.Manifest.Tags.Contains);

    private async ValueTask<RunRow?> MatchAsync(RunSummary run, RunValues values, CancellationToken cancel)
    {
        foreach (var (path, wanted) in Parameters)
            if (await values.FindAsync(path, cancel).ConfigureAwait(false) is not { ValueKind: not JsonValueKind.Undefined } value || !JsonValues.AreEqual(value, wanted)) return null;
        if (Where is not null)
        {
            var found = new Dictionary<string, JsonElement>();
            foreach (var path in Where.Paths) found[path.Text] = await values.FindAsync(path, cancel).ConfigureAwait(false);
            if (Where.Holds(path => found[path.Text]) != true) return null;
        }

        var (shown, keys) = (new JsonElement[Show.Count], new JsonElement[Sort.Count]);
        for (var i = 0; i < shown.Length; i++) shown[i] = await values.FindAsync(Show[i], cancel).ConfigureAwait(false);
        for (var i = 0; i < keys.Length; i++) keys[i] = await values.FindAsync(Sort[i].Path, cancel).ConfigureAwait(false);
        return new RunRow(run, shown, keys);
    }

    /// <summary>Runs without a value come last, whatever the direction; equal ones newest first.</summary>
    private int Compare(RunRow a, RunRow b)
    {
        for (var i = 0; i < Sort.Count; i++)
        {
            var (left, right) = (a.Keys[i], b.Keys[i]);
            var (hasLeft, hasRight) = (Has(left), Has(right));
            if (hasLeft != hasRight) return hasLeft ? -1 : 1;
            if (!hasLeft) continue;
            var order = JsonValues.Order(left, right) ?? throw QueryError.Incomparable($"{Sort[i].Path.Text} of {a.Run.Run.Short} ({JsonValues.Show(left, 30)})", $"that of {b.Run.Run.Short} ({JsonValues.Show(right, 30)})");
            if (order != 0) return Sort[i].IsDescending ? -order : order;
        }

        return string.CompareOrdinal(a.Run.Run.Id, b.Run.Run.Id);

        static bool Has(JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
    }
}

/// <summary>A run in an answer.</summary>
/// <param name="Run">The run.</param>
/// <param name="Shown">The values that were asked for; undefined where there is none.</param>
/// <param name="Keys">What it is sorted by.</param>
internal sealed record RunRow(RunSummary Run, IReadOnlyList<JsonElement> Shown, IReadOnlyList<JsonElement> Keys);
