using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>A segment of what a worker proposes (C2): nothing of it counts until the log says so.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="Number">Number of the segment, from 0.</param>
/// <param name="Worker">Random id of the process.</param>
/// <param name="Host">The machine that it runs on.</param>
/// <param name="Events">What happened, in order.</param>
internal sealed record Proposal(string Slice, int Number, Guid Worker, string Host, ImmutableArray<ProposedEvent> Events);

/// <summary>Something that a worker says.</summary>
internal abstract record ProposedEvent;

/// <summary>An attempt has begun.</summary>
/// <param name="Task">Position of the attempt in the slice.</param>
/// <param name="At">When, by the worker's clock.</param>
internal sealed record ProposedStart(int Task, DateTimeOffset At) : ProposedEvent;

/// <summary>An attempt has made its outputs, which are in the store.</summary>
internal sealed record ProposedSuccess(int Task, DateTimeOffset Started, TimeSpan Duration, ImmutableArray<StoredValue> Outputs, TaskMarks Marks) : ProposedEvent;

/// <summary>An attempt has failed.</summary>
internal sealed record ProposedFailure(int Task, DateTimeOffset Started, TimeSpan Duration, TaskError Error, bool IsForGood, TimeSpan? RetryAfter) : ProposedEvent;

/// <summary>Lines that attempts wrote.</summary>
internal sealed record ProposedLogs(StoredValue Pack, ImmutableArray<(int Task, int Offset, int Length)> Segments) : ProposedEvent;

/// <summary>How far an attempt is.</summary>
internal sealed record ProposedProgress(int Task, double Fraction, string? Message) : ProposedEvent;
