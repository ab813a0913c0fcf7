using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The options that ask for runs.</summary>
internal static class RunQueryOptions
{
    private const int DefaultLimit = 50;
    private static readonly string[] s_statuses = [.. Enum.GetValues<RunStatus>().Select(StatusNames.Of)];

    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        new("--limit", "N", "How many at most.") { Default = "50" },
        new("--all", null, "All of them."),
        new("--status", string.Join('|', s_statuses), "Only those in this state.") { Choices = s_statuses },
        new("--tag", "TAG", "Only those that carry this tag; if given several times, all of them.") { IsRepeatable = true },
        new("--user", "NAME", "Only those of this user.") { Default = "you" },
        new("--all-users", null, "Those of everybody."),
        new("--branch", "NAME", "Only those on this branch of a project."),
        new("--production", null, "Only those in production."),
        new("--since", "TIME", "Only those created since then: 2026-03-14, 2026-03-14T13:45 (UTC), or 2d ago."),
        new("--until", "TIME", "Only those created before then."),
        new("--param", "NAME=VALUE", "Only those with this value of a parameter; may be given several times.") { IsRepeatable = true },
        new("--where", "EXPRESSION", "Only those for which it holds: 'best.auc > 0.8 and testShare == 0.2'."),
        new("--show", "NAME,...", "Values to show beside each run: parameters, artifacts and their members, such as testShare,best.auc."),
        new("--sort", "NAME,...", "Values to sort by, with '-' in front the largest first: -best.auc,run.took."),
    ];

    /// <summary>What help says beyond the options.</summary>
    public const string Remarks =
        "Values are named like best.auc, fit[3].auc, testShare, and run.id, run.flow, run.status, run.user, run.host, run.created,\n" +
        "run.finished, run.took, run.commit. Expressions compare them (== != < <= > >=) with each other, with numbers, 'texts',\n" +
        "true, false, null, durations (run.took > 10m) and times (run.created >= '2026-03-14'), and join with and, or, not, ( ).";

    /// <exception cref="UsageException">What makes no sense.</exception>
    public static RunQuery Read(VerbCall call)
    {
        var arguments = call.Arguments;
        var now = call.Environment.Time.GetUtcNow();
        var status = arguments.Text("--status");
        if (status is not null && !s_statuses.Contains(status)) throw new UsageException("FG1003", $"Option --status: '{status}' is not one of {string.Join(", ", s_statuses)}.");
        return new RunQuery
        {
            Flow = call.Flow?.Name,
            Limit = arguments.Count("--limit") ?? (arguments.Has("--all") ? int.MaxValue : DefaultLimit),
            Status = status,
            User = arguments.Text("--user") ?? (arguments.Has("--all-users") ? null : call.Environment.User),
            Tags = [.. arguments.Texts("--tag") ?? [], .. BranchOptions.Read(call) is { } branch ? [TagName.Branch + branch] : Array.Empty<string>()],
            Since = Time("--since"),
            Until = Time("--until"),
            Parameters = [.. (arguments.Texts("--param") ?? []).Select(Parameter)],
            Where = arguments.Text("--where") is { } where ? QueryParser.Parse("--where", where) : null,
            Show = [.. Names("--show").Distinct().Select(name => QueryPath.Parse("--show", name))],
            Sort = [.. Names("--sort").Select(name => (QueryPath.Parse("--sort", name.TrimStart('-', '+')), name.StartsWith('-')))],
        };

        DateTimeOffset? Time(string option) => arguments.Text(option) is { } text ? TimeOf(option, text, now) : null;

        // A comma inside of brackets belongs to an index.
        IEnumerable<string> Names(string option) => arguments.Text(option) is { } text ? Split(text) : [];
    }

    private static DateTimeOffset TimeOf(string option, string text, DateTimeOffset now)
    {
        if (JsonValues.Time(text) is { } time) return time;
        try
        {
            return now - Duration.Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            throw new UsageException("FG1003", $"Option {option}: '{text}' is neither a time such as 2026-03-14 or 2026-03-14T13:45:00Z nor how long ago, such as 2d or 12h.");
        }
    }

    private static (QueryPath, System.Text.Json.JsonElement) Parameter(string text) => text.IndexOf('=') is > 0 and var equals
        ? (QueryPath.Parse("--param", text[..equals]), JsonValues.Of(text[(equals + 1)..]))
        : throw new UsageException("FG1003", $"Option --param: '{text}' is not a parameter with its value, such as testShare=0.2.");

    private static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '[') depth++;
            else if (text[i] == ']') depth--;
            else if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        yield return text[start..].Trim();
    }
}
