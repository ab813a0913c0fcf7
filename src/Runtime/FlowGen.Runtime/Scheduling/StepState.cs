using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>Where the tasks of one step are, in flat arrays by ordinal: a byte a task, and two bytes more for each kind of waiting in which the step waits by group.</summary>
internal sealed class StepState(int position, TaskGraphStep definition, TaskSpace space)
{
    private int[] _causes = [];
    private int[] _iterations = [];

    public int Position { get; } = position;

    public TaskGraphStep Definition { get; } = definition;

    public TaskSpace Space { get; } = space;

    public WaitSide Fate { get; } = new(WaitKind.Fate);

    public WaitSide Release { get; } = new(WaitKind.Release);

    /// <summary>What decides whether a task runs.</summary>
    public GuardState[] Guards { get; set; } = [];

    /// <summary>The groups on which a task's fate depends, one for each step it waits for.</summary>
    public List<Waiter> Inputs { get; } = [];

    public TaskPhase[] Phases { get; private set; } = [];

    /// <summary>Tasks that may start now as far as their inputs are concerned.</summary>
    public IndexSet Ready { get; } = new(0);

    /// <summary>Attempts at the same time, abandoned ones included.</summary>
    public int Running { get; set; }

    /// <summary>Whether no attempt may start for a while (<see cref="RateLimitAttribute"/>).</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether any task that this step's tasks wait for is not well.</summary>
    public bool SeesFailures { get; set; }

    public WaitSide Side(WaitKind kind) => kind == WaitKind.Fate ? Fate : Release;

    public TaskAddress AddressOf(int task) => new(Position, Space.IndexOf(task), IterationOf(task));

    /// <summary>Makes room for all tasks that have appeared.</summary>
    public void Grow()
    {
        if (Phases.Length >= Space.Count) return;
        var size = Space.Scope.Length < 2 ? Space.Count : Math.Max(Space.Count, (int)Math.Min(2L * Phases.Length, Array.MaxLength));
        var phases = Phases;
        Array.Resize(ref phases, size);
        Phases = phases;
        Ready.Grow(size);
        foreach (var side in (ReadOnlySpan<WaitSide>)[Fate, Release])
        {
            if (side.ByGroup.Count == 0) continue;
            var missing = side.Missing;
            Array.Resize(ref missing, size);
            side.Missing = missing;
        }
    }

    /// <summary>Whether the task has outputs that nobody needs any more.</summary>
    public bool IsIdle(int task) =>
        Definition.KeepsOutputs && Phases[task] == TaskPhase.Succeeded && Release.Gates == 0 && (Release.Missing.Length == 0 || Release.Missing[task] == 0);

    /// <summary>Number of the cause of a task that failed or was blocked; otherwise 0.</summary>
    public int CauseOf(int task) => task < _causes.Length ? _causes[task] : 0;

    public void Blame(int first, int count, int cause)
    {
        if (_causes.Length < Phases.Length) Array.Resize(ref _causes, Phases.Length);
        _causes.AsSpan(first, count).Fill(cause);
    }

    /// <summary>Of a loop, the iteration that the task is in, from 0.</summary>
    public int IterationOf(int task) => !Definition.IsLoop ? -1 : task < _iterations.Length ? _iterations[task] : 0;

    public void SetIteration(int task, int iteration)
    {
        if (_iterations.Length < Phases.Length) Array.Resize(ref _iterations, Phases.Length);
        _iterations[task] = iteration;
    }
}

/// <summary>One side of a step's guard, as it is asked.</summary>
/// <param name="Decision">Position of the decision.</param>
/// <param name="Definition">The values allowed.</param>
/// <param name="Decider">The step that makes the decision, or <c>null</c> if a parameter does.</param>
/// <param name="ToDecider">From the step's tasks to the decider's.</param>
internal sealed record GuardState(int Decision, CompilerServices.GuardDefinition Definition, StepState? Decider, TaskProjection? ToDecider);
