using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>An input of a task as it is told to a worker elsewhere: places in the store, or bytes that travel along.</summary>
internal abstract record SliceInput
{
    /// <summary>All values in it.</summary>
    public abstract IEnumerable<StoredValue> Values { get; }
}

/// <summary>A parameter, or nothing.</summary>
internal sealed record NoInput : SliceInput
{
    public static NoInput Only { get; } = new();

    public override IEnumerable<StoredValue> Values => [];
}

/// <summary>An item that was taken out of its collection.</summary>
internal sealed record ItemInput(StoredValue Value) : SliceInput
{
    public override IEnumerable<StoredValue> Values => [Value];
}

/// <summary>An item of a collection that stays in the store.</summary>
/// <param name="Collection">The collection, which has an index of its items.</param>
/// <param name="Position">The item's position in it.</param>
internal sealed record IndexedInput(StoredValue Collection, int Position) : SliceInput
{
    public override IEnumerable<StoredValue> Values => [Collection];
}

/// <summary>A value as it is.</summary>
internal sealed record StoredInput(StoredValue Value) : SliceInput
{
    public override IEnumerable<StoredValue> Values => [Value];
}

/// <summary>What one producer made, or why it made nothing.</summary>
internal sealed record ProducedInput(int Artifact, StoredValue? Value, TaskIndex Index, StepError? Error) : SliceInput
{
    public override IEnumerable<StoredValue> Values => Value is null ? [] : [Value];
}

/// <summary>What the producers of a gather made.</summary>
internal sealed record GatherInput(ImmutableArray<StoredValue?> Outputs, ImmutableArray<TaskIndex> Indices, ImmutableArray<StepError?> Errors, int Succeeded, int Failed) : SliceInput
{
    public override IEnumerable<StoredValue> Values => Outputs.OfType<StoredValue>();
}
