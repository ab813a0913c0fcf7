namespace Language.Tests.Reference;

internal enum Fate { Succeeded, Failed, Blocked, Skipped }

/// <summary>What became of a task.</summary>
/// <param name="Fate">How it ended.</param>
/// <param name="Iterations">The outputs of all iterations that succeeded; of a step without a loop that is one or none.</param>
internal sealed record TaskResult(Fate Fate, IReadOnlyList<object?[]> Iterations)
{
    public TaskResult(Fate fate) : this(fate, []) { }

    /// <summary>The hash of all that each iteration was given, also of one that failed.</summary>
    public IReadOnlyList<long> Hashes { get; init; } = [];

    public bool Went => Fate is Fate.Succeeded or Fate.Skipped;

    /// <summary>What others see.</summary>
    public object?[] Outputs => Iterations[^1];
}
