namespace FlowGen.CommandLine;

/// <summary>How far one step is.</summary>
internal sealed class StepTally(string name, bool isContained)
{
    public string Name { get; } = name;

    /// <summary>Whether it is in a sub-flow: how many tasks it will have is not known before all of those are open.</summary>
    public bool IsInside => Name.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether its failures fail no run.</summary>
    public bool IsContained => isContained;

    /// <summary>Number of its tasks as far as they are known; <c>null</c> before any collection is. An index that never came to be complete counts as one.</summary>
    public int? Total { get; set; }
    public int Succeeded { get; set; }
    public int Reused { get; set; }
    public int Failed { get; set; }
    public int Blocked { get; set; }
    public int Skipped { get; set; }
    public int Running { get; set; }

    /// <summary>Time its tasks took together.</summary>
    public TimeSpan Took { get; set; }

    /// <summary>Flows in which more of its tasks can appear.</summary>
    public int Growing { get; set; }

    /// <summary>Whether no more tasks can appear; of a step in a sub-flow, in those that were opened.</summary>
    public bool IsExpanded => Growing == 0;

    public bool IsDone => IsExpanded && Done == Total;

    public int Done => Succeeded + Reused + Failed + Blocked + Skipped;
}
