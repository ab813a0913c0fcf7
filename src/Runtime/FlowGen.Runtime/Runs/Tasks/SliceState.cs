namespace FlowGen.Runs;

/// <summary>What the log says of a slice.</summary>
internal sealed class SliceState(SliceDispatched dispatched)
{
    public SliceDispatched Dispatched { get; } = dispatched;

    /// <summary>How many segments of each worker were read.</summary>
    public Dictionary<Guid, ProposalsRead> Read { get; } = [];

    /// <summary>How its job ended; <c>null</c> while that is not known.</summary>
    public SliceEnded? Ended { get; set; }

    /// <summary>Where it ran, as far as that is known.</summary>
    public string? Place => Ended?.Place ?? Read.Values.Select(read => read.Host).FirstOrDefault();

    public IEnumerable<RunRecord> Records => [Dispatched, .. Read.OrderBy(read => read.Key).Select(read => read.Value), .. Ended is null ? (RunRecord[])[] : [Ended]];
}
