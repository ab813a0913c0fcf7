namespace FlowGen;

/// <summary>How a run ended, as a method marked with <see cref="FinallyAttribute"/> gets it.</summary>
public sealed record RunOutcome
{
    /// <summary>Id of the run, such as <c>churn/7zzd0q2k-x3k9q2mf</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>Command-line name of the flow.</summary>
    public required string Flow { get; init; }

    /// <summary>Succeeded, failed or cancelled.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Whether the run succeeded.</summary>
    public bool Succeeded => Status == RunStatus.Succeeded;

    /// <summary>The first failure of a run that failed, or <c>null</c>.</summary>
    public StepError? Error { get; init; }

    /// <summary>Tags of the run.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }
}
