namespace FlowGen;

/// <summary>Which recorded runs are meant, and in which order. All conditions are to be met.</summary>
public sealed record RunFilter
{
    /// <summary>Command-line name of the flow. Default: all flows.</summary>
    public string? Flow { get; init; }

    /// <summary>State of the run. Default: any.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Who started it. Default: anybody.</summary>
    public string? User { get; init; }

    /// <summary>Tags that it carries now. Default: none needed.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Created before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>An expression over parameters, artifacts and facts, as <c>runs --where</c> takes it: <c>best.auc > 0.8 and testShare == 0.2</c>.</summary>
    public string? Where { get; init; }

    /// <summary>Name of a value to sort by, with <c>-</c> in front the largest first: <c>-best.auc</c>. Default: newest first.</summary>
    public string? Sort { get; init; }

    /// <summary>How many at most. Default: all.</summary>
    public int? Limit { get; init; }

    internal CommandLine.RunQuery ToQuery(string? flow = null) => new()
    {
        Flow = flow ?? Flow,
        Status = Status is { } status ? Runs.StatusNames.Of(status) : null,
        User = User,
        Tags = Tags,
        Since = Since,
        Until = Until,
        Where = Where is null ? null : CommandLine.QueryParser.Parse(nameof(Where), Where),
        Sort = Sort is null ? [] : [(CommandLine.QueryPath.Parse(nameof(Sort), Sort.TrimStart('-')), Sort.StartsWith('-'))],
        Limit = Limit ?? int.MaxValue,
    };
}
