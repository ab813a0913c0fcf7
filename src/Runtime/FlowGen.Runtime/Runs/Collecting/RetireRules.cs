using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>Which runs a collection retires. A run goes if every rule that is given lets it go; without rules, none does.</summary>
internal sealed record RetireRules
{
    /// <summary>These, whatever else is said.</summary>
    public ImmutableHashSet<RunKey> Named { get; init; } = [];

    /// <summary>The flows whose runs may go; <c>null</c> for all.</summary>
    public ImmutableHashSet<string>? Flows { get; init; }

    /// <summary>How many of the newest runs of each flow stay.</summary>
    public int? KeepLast { get; init; }

    /// <summary>Younger runs stay.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Runs that somebody gave a tag stay.</summary>
    public bool KeepTagged { get; init; }

    /// <summary>Runs that carry one of these tags stay.</summary>
    public ImmutableArray<string> KeepTags { get; init; } = [];

    /// <summary>Whether any run may go by rules.</summary>
    public bool Select => KeepLast is not null || OlderThan is not null;

    public bool AskForTags => Select && (KeepTagged || !KeepTags.IsEmpty);

    /// <summary>The runs that go, before anybody asks for tags.</summary>
    /// <param name="runs">All runs that are closed, newest first.</param>
    /// <param name="now">The time.</param>
    public IEnumerable<RunKey> Of(IEnumerable<RunKey> runs, DateTimeOffset now)
    {
        var seen = new Dictionary<string, int>();
        foreach (var run in runs)
        {
            var position = seen[run.Flow] = seen.GetValueOrDefault(run.Flow) + 1;
            if (Named.Contains(run)) yield return run;
            else if (Select && (Flows is null || Flows.Contains(run.Flow)) && (KeepLast is not { } last || position > last) && (OlderThan is not { } age || run.Created < now - age)) yield return run;
        }
    }

    /// <summary>Whether its tags keep a run.</summary>
    public bool Keeps(RunKey run, IEnumerable<string> tags) => !Named.Contains(run) && tags.Any(tag => KeepTagged && !TagName.IsSystem(tag) || KeepTags.Contains(tag));
}
