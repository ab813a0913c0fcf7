namespace FlowGen.CompilerServices;

/// <summary>What one attempt of a step needs (<see cref="ResourcesAttribute"/>).</summary>
public sealed record ResourceDefinition
{
    /// <summary>Cores, more than 0.</summary>
    public double Cpu { get; init; } = 1;

    /// <summary>Bytes of memory, or 0 if not said.</summary>
    public long Memory { get; init; }

    /// <summary>Graphics processors.</summary>
    public int Gpu { get; init; }

    /// <summary>Bytes of disk, or 0 if not said.</summary>
    public long Disk { get; init; }

    /// <summary>By what the memory is multiplied after an attempt that ran out of it; 1 for no change.</summary>
    public double MemoryGrowth { get; init; } = 1;

    /// <summary>The most bytes of memory it grows to.</summary>
    public long MemoryLimit { get; init; }
}
