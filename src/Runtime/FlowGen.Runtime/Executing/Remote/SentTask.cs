using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>An attempt that runs elsewhere, from the moment its inputs are durable to its outcome. Where a job is lost before it began, it is sent again without the scheduler knowing.</summary>
internal sealed class SentTask(RunScope scope, TaskAttempt attempt, ImmutableArray<SliceInput> inputs, long memory)
{
    private readonly TaskCompletionSource<ProposedEvent?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The flow that it is of.</summary>
    public RunScope Scope => scope;

    public TaskAttempt Attempt => attempt;

    public ImmutableArray<SliceInput> Inputs => inputs;

    /// <summary>Bytes of memory to ask for; 0 if nobody said.</summary>
    public long Memory => memory;

    /// <summary>What others must be like to be sent with it.</summary>
    public SliceKind Kind => new(scope.Prefix, attempt.Task.Step, memory);

    /// <summary>Whether nobody is sent with it.</summary>
    public bool IsAlone { get; init; }

    /// <summary>When it began to wait.</summary>
    public long Since { get; set; }

    /// <summary>How many jobs were lost before they came to it.</summary>
    public int FreeLosses { get; set; }

    /// <summary>Whether it is known that it has begun.</summary>
    public bool HasBegun { get; set; }

    /// <summary>What came of it: a success or a failure; <c>null</c> if the run was stopped.</summary>
    public Task<ProposedEvent?> Outcome => _outcome.Task;

    public void Settle(ProposedEvent? outcome) => _outcome.TrySetResult(outcome);
}

/// <summary>Tasks of one kind may be sent together.</summary>
/// <param name="Prefix">What stands before the names of the flow's tasks.</param>
/// <param name="Step">Position of the step.</param>
/// <param name="Memory">Bytes that each asks for.</param>
internal readonly record struct SliceKind(string Prefix, int Step, long Memory);
