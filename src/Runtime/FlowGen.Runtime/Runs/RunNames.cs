namespace FlowGen.Runs;

/// <summary>Finds the run that a person means.</summary>
internal sealed class RunNames(RunStore store)
{
    private const int ShownCarriers = 5;

    public async ValueTask<RunKey> ResolveAsync(string? flow, string name, CancellationToken cancel)
    {
        if (name == "latest")
        {
            await foreach (var run in store.ListAsync(flow, cancel)) return run;
            throw None(flow, "are no runs");
        }
        if (name == "latest-failed")
        {
            await foreach (var run in store.ListAsync(flow, cancel))
                if ((await store.SummarizeAsync(run, cancel)).Status is RunStatus.Failed or RunStatus.Cancelled or RunStatus.Interrupted) return run;
            throw None(flow, "is no run that ended without success");
        }

        // A tag may hold slashes.
        if (name.StartsWith('@')) return await TaggedAsync(flow, name[1..], cancel);
        if (name.IndexOf("/@", StringComparison.Ordinal) is >= 0 and var slash) return await TaggedAsync(name[..slash], name[(slash + 2)..], cancel);
        var (wantedFlow, id) = name.Split('/') is [var f, var i] ? (f, i) : (flow, name);
        var matches = new List<RunKey>();
        var known = new List<string>();
        await foreach (var run in store.ListAsync(wantedFlow, cancel))
        {
            if (run.Id == id) return run;
            // The short part, its beginning, or that of the whole id: whatever fits in one place only.
            if (id.Length > 0 && (run.Short.StartsWith(id, StringComparison.OrdinalIgnoreCase) || run.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))) matches.Add(run);
            known.Add(run.Short);
        }
        if (matches.FindAll(m => string.Equals(m.Short, id, StringComparison.OrdinalIgnoreCase)) is [var exact]) return exact;
        return matches switch
        {
            [var one] => one,
            [] => throw Unknown(name, store.Objects.Location, NearMiss.Of(id[(id.LastIndexOf('-') + 1)..], known)),
            _ => throw new FlowException(RunErrors.Ambiguous,
                $"'{name}' fits {matches.Count} runs: {string.Join(", ", matches.Take(5))}{(matches.Count > 5 ? ", ..." : "")}. Type more of the id.", 3),
        };
    }

    private async ValueTask<RunKey> TaggedAsync(string? flow, string tag, CancellationToken cancel)
    {
        var carriers = new List<RunKey>();
        await foreach (var run in store.SummarizeAllAsync(flow, tag, created: null, cancel))
        {
            carriers.Add(run.Run);
            if (carriers.Count > ShownCarriers) break;
        }

        var of = flow is null ? "" : $" of {flow}";
        return carriers switch
        {
            [var one] => one,
            [] => throw new FlowException(RunErrors.Unknown, $"No run{of} in the store {store.Objects.Location} carries the tag '{tag}'. 'runs' shows which tags there are; 'tag RUN --add {tag}' gives it.", 3),
            _ => throw new FlowException(RunErrors.Ambiguous,
                $"'@{tag}' is carried by several runs: {string.Join(", ", carriers.Take(ShownCarriers))}{(carriers.Count > ShownCarriers ? ", ..." : "")}. Name one of them by its id; 'tag RUN --move {tag}' leaves it with one.", 3),
        };
    }

    public static FlowException Unknown(string name, string location, string? nearMiss) => new(RunErrors.Unknown,
        $"There is no run '{name}' in the store {location}. {(nearMiss is null ? "'runs' lists them." : $"Did you mean {nearMiss}?")}", 3);

    private FlowException None(string? flow, string what) =>
        new(RunErrors.NoRuns, $"There {what}{(flow is null ? "" : $" of {flow}")} in the store {store.Objects.Location}. Start one with 'run', or name another store.", 3);
}
