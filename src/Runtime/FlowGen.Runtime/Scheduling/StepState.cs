using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>
/// Where the tasks of one step are, in flat arrays: a byte a task, and two bytes more each way where tasks are matched index by index.
/// <see cref="Gates"/> counts what all tasks wait for together, <see cref="Missing"/> what each waits for alone; a task may start when both are zero.
/// </summary>
internal sealed class StepState
{
    public StepState(TaskGraphStep step)
    {
        Gates = step.Incoming.Count(static edge => edge.Kind != EdgeKind.Matching) + (step.Dimension < 0 ? 0 : 1);
        Matched = step.Incoming.Count(static edge => edge.Kind == EdgeKind.Matching);
        Holds = step.Outgoing.Count(static edge => edge.Kind == EdgeKind.Matching && edge.CarriesData);
        Pins = step.Outgoing.Count(static edge => edge.Kind != EdgeKind.Matching && edge.CarriesData);
        HasReaders = Holds + Pins > 0;
    }

    /// <summary>Whether any step reads this one's outputs.</summary>
    public bool HasReaders { get; }

    /// <summary>Number of tasks, or -1 while the dimension is not known.</summary>
    public int Width { get; private set; } = -1;

    /// <summary>Whole steps that have not all succeeded yet, and 1 while the dimension is not known.</summary>
    public int Gates { get; set; }

    /// <summary>Steps whose tasks are waited for index by index.</summary>
    public int Matched { get; }

    /// <summary>Steps that read this one's outputs index by index.</summary>
    public int Holds { get; }

    /// <summary>Steps that read this one's outputs as a whole and have tasks that have not taken them yet.</summary>
    public int Pins { get; set; }

    /// <summary>Tasks that are not decided.</summary>
    public int Open { get; set; }

    /// <summary>Tasks that have not taken their inputs and may still do so.</summary>
    public int Hungry { get; set; }

    /// <summary>Attempts at the same time, abandoned ones included.</summary>
    public int Running { get; set; }

    /// <summary>Why every task of the step is blocked, once one gate can never open.</summary>
    public TaskAddress? BlockedBy { get; set; }

    /// <summary>Whether any task failed or is blocked.</summary>
    public bool Spoiled { get; set; }

    public TaskPhase[] Phases { get; private set; } = [];

    /// <summary>Matching tasks that have not succeeded yet, by index; empty if there are none.</summary>
    public ushort[] Missing { get; private set; } = [];

    /// <summary>Matching tasks that have not taken this one's outputs yet, by index; empty if there are none.</summary>
    public ushort[] Held { get; private set; } = [];

    /// <summary>Tasks that may start now as far as their inputs are concerned.</summary>
    public IndexSet Ready { get; private set; } = new(0);

    /// <summary>Whether the task has outputs that nobody needs any more.</summary>
    public bool IsIdle(int index) => Pins == 0 && Phases[index] == TaskPhase.Succeeded && (Holds == 0 || Held[index] == 0);

    public void Size(int width)
    {
        Width = Open = Hungry = width;
        Phases = new TaskPhase[width];
        Ready = new IndexSet(width);
        if (Matched > 0) Array.Fill(Missing = new ushort[width], checked((ushort)Matched));
        if (Holds > 0) Array.Fill(Held = new ushort[width], checked((ushort)Holds));
    }
}
