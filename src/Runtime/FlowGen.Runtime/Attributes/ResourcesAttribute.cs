namespace FlowGen;

/// <summary>What one attempt needs. Where it runs is chosen by it; in this process it limits how many run at once.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ResourcesAttribute : Attribute
{
    /// <summary>Cores, more than 0 and at most 1024; fractions are fine. Default: 1.</summary>
    public double Cpu { get; set; }

    /// <summary>Memory, such as <c>"512Mi"</c> or <c>"4Gi"</c>: a number with one of the suffixes k, M, G, T, P (powers of 1000) and Ki, Mi, Gi, Ti, Pi (powers of 1024). Default: not said.</summary>
    public string? Memory { get; set; }

    /// <summary>Graphics processors, 1 to 64. Default: none.</summary>
    public int Gpu { get; set; }

    /// <summary>Space on the local disk, written like <see cref="Memory"/>. Default: not said.</summary>
    public string? Disk { get; set; }

    /// <summary>How the next attempt's memory grows after an attempt that ran out of it, such as <c>"x2 up to 64Gi"</c>. Default: it does not.</summary>
    public string? OnOutOfMemory { get; set; }
}
