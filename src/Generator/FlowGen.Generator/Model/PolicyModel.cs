namespace FlowGen.Generator.Model;

/// <summary>The policies of a step.</summary>
internal sealed record PolicyModel
{
    public static readonly PolicyModel None = new();

    public RetryModel? Retry { get; init; }

    public TimeSpan? Timeout { get; init; }

    public ResourceModel? Resources { get; init; }

    public EquatableArray<VariableModel> Environment { get; init; }

    public bool Isolated { get; init; }

    public RateLimitModel? RateLimit { get; init; }

    public CacheModel? Cache { get; init; }

    public bool Inline { get; init; }

    public int Gang { get; init; } = 1;
}

/// <summary>How often and when a failed task runs again.</summary>
/// <param name="Times">Retries after the first attempt.</param>
/// <param name="Backoff">Wait before the first.</param>
/// <param name="MaxBackoff">The longest wait, if it is not the usual one.</param>
/// <param name="On">The exceptions after which it does; none for all.</param>
/// <param name="Except">The exceptions after which it does not.</param>
internal sealed record RetryModel(int Times, TimeSpan Backoff, TimeSpan? MaxBackoff, EquatableArray<ExceptionModel> On, EquatableArray<ExceptionModel> Except);

/// <summary>A type of exceptions.</summary>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="DisplayName">As people see it.</param>
internal readonly record struct ExceptionModel(string TypeName, string DisplayName);

/// <summary>What an attempt needs; bytes are 0 where nothing was said.</summary>
internal sealed record ResourceModel(double Cpu, long Memory, int Gpu, long Disk, double MemoryGrowth, long MemoryLimit);

/// <summary>An environment variable.</summary>
internal readonly record struct VariableModel(string Name, string Value);

/// <summary>How often attempts may start.</summary>
internal sealed record RateLimitModel(int Starts, TimeSpan Period);

/// <summary>That results may be reused by other runs.</summary>
internal sealed record CacheModel(string? Version);
