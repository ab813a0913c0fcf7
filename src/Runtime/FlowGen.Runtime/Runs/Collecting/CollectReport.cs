using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What a collection did, or would do.</summary>
internal sealed record CollectReport
{
    /// <summary>The generation that was started.</summary>
    public int Generation { get; init; }

    /// <summary>Blobs of earlier generations that nobody needs went; what retired runs of later ones need stays for an open run.</summary>
    public int Barrier { get; init; }

    /// <summary>Open runs that hold the barrier back.</summary>
    public ImmutableArray<RunKey> HeldBy { get; init; } = [];

    /// <summary>Open runs without a sign of life that were closed.</summary>
    public ImmutableArray<RunKey> Closed { get; init; } = [];

    /// <summary>Runs that were retired now.</summary>
    public ImmutableArray<RunKey> Retired { get; init; } = [];

    /// <summary>Runs that a rule would retire, but other runs that stay take results of them.</summary>
    public ImmutableArray<RunKey> Needed { get; init; } = [];

    /// <summary>Runs that stay.</summary>
    public int Kept { get; init; }

    public int Blobs { get; init; }
    public long BlobBytes { get; init; }

    /// <summary>Other objects: of runs that were removed, slots that an index covers, entries of caches.</summary>
    public int Objects { get; init; }
    public long ObjectBytes { get; init; }

    /// <summary>Names in the store that are none of FlowGen's.</summary>
    public ImmutableArray<string> Strangers { get; init; } = [];
}
