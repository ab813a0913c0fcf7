namespace FlowGen.Scheduling;

/// <summary>All tasks of a step as the only group: what those wait for who share no dimension with it. They are counted together, so nobody has a counter a task.</summary>
internal sealed class WholeStep(StepState step, WaitKind kind, TaskSpace shared) : TaskGroups(step, kind, shared)
{
    private long _open = 1;
    private int _lost, _spoiled;

    public override void Appear(int level, in TaskBlock block) => _open += block.Width;

    public override void Expand(SchedulerCore core, int level, int node) => Done(core, node, 1);

    public override void Done(SchedulerCore core, int first, int count)
    {
        if ((_open -= count) > 0) return;
        if (Kind == WaitKind.Fate) core.OpenSteps--;
        foreach (var waiter in Waiters)
            if (--waiter.Step.Side(Kind).Gates == 0) OpenGate(core, waiter.Step);
    }

    public override bool IsComplete(int group) => _open == 0;

    public override void Spoil(int first, int count, int cause)
    {
        if (_spoiled == 0) _spoiled = cause;
    }

    public override void Lose(int level, int node, int cause)
    {
        if (_lost == 0) _lost = cause;
    }

    public override int CauseOf(int group, EdgeAccepts accepts) => accepts switch
    {
        EdgeAccepts.Anything => 0,
        EdgeAccepts.Failure => _lost,
        _ => _lost != 0 ? _lost : _spoiled,
    };

    private void OpenGate(SchedulerCore core, StepState step)
    {
        var missing = step.Side(Kind).Missing;
        if (missing.Length == 0) core.GoOn(Kind, step, 0, step.Space.Count);
        else
            for (var task = 0; task < step.Space.Count; task++)
                if (missing[task] == 0) core.GoOn(Kind, step, task, 1);
    }
}
