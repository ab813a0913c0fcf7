namespace FlowGen.Generator.Graph;

/// <summary>
/// Computes when each step runs, as a complete box: a task is skipped exactly when the box says no, so nothing else has to be asked at run time.
/// A box that names a decision implies the decision's own guard. A step that touches something unknown, or has a mistake, has an unknown guard itself, and no rule speaks about it.
/// </summary>
internal sealed class Guards
{
    private readonly IReadOnlyList<GuardStep> _steps;
    private readonly IReadOnlyList<GuardDecision> _decisions;
    private readonly IReadOnlyList<int> _sizes;
    private readonly Box?[] _boxes;
    private readonly IReadOnlyList<Demand>[] _demands;
    private readonly List<GuardProblem> _problems = [];

    /// <param name="order">Steps in topological order, those in cycles and behind them left out.</param>
    /// <param name="steps">The steps by number.</param>
    /// <param name="decisions">The decisions by number.</param>
    public Guards(IReadOnlyList<int> order, IReadOnlyList<GuardStep> steps, IReadOnlyList<GuardDecision> decisions)
    {
        (_steps, _decisions, _sizes) = (steps, decisions, decisions.Select(decision => decision.Size).ToList());
        _boxes = new Box?[steps.Count];
        _demands = new IReadOnlyList<Demand>[steps.Count];
        foreach (var step in order) _boxes[step] = Decide(step);
    }

    public IReadOnlyList<GuardProblem> Problems => _problems;

    /// <summary>When a step runs; <c>null</c> if that is unknown.</summary>
    public Box? this[int step] => _boxes[step];

    /// <summary>Which tasks of a step there are along some dimensions: the part of its guard about decisions inside them. All of them if it is unknown.</summary>
    public Box Selection(int step, IReadOnlyCollection<int> dimensions) =>
        _boxes[step] is { } box ? box.About(decision => box[decision]!.Contains(false) && ScopeOf(decision).Any(dimensions.Contains)) : Box.Always;

    /// <summary>Whether tasks of a step can be missing along some dimensions because a decision inside them skips them.</summary>
    public bool CanHaveGaps(int step, IReadOnlyCollection<int> dimensions) => Selection(step, dimensions).Decisions.Any();

    /// <summary>Whether a step can run although a producer that it does not need was skipped.</summary>
    public bool CanBeSkipped(int producer, int step) => _boxes[producer] is { } theirs && _boxes[step] is { } own && !own.Implies(theirs);

    /// <summary>The steps from the one that has the condition to the one that demands it.</summary>
    public IReadOnlyList<int> PathOf(int step, Demand demand, int decision)
    {
        var path = new List<int> { step };
        while (demand.Producer >= 0)
        {
            path.Insert(0, demand.Producer);
            demand = _demands[demand.Producer].Where(cause => cause.Box[decision] is not null).OrderBy(cause => cause.Box[decision]!.Count(allowed => allowed)).First();
        }
        return path;
    }

    private IReadOnlyCollection<int> ScopeOf(int decision) => _decisions[decision].Producer < 0 ? [] : _steps[_decisions[decision].Producer].Scope!;

    private bool IsIn(int decision, IReadOnlyCollection<int> scope) => ScopeOf(decision).All(scope.Contains);

    private Box GuardOf(int decision) => _decisions[decision].Producer is >= 0 and var producer ? _boxes[producer]! : Box.Always;

    private Box? Decide(int step)
    {
        var (inputs, conditions, scope) = (_steps[step].Inputs, _steps[step].Conditions, _steps[step].Scope);
        if (scope is null
            || inputs.Any(input => input.Producers.Any(producer => _boxes[producer] is null))
            || conditions.Any(condition => _decisions[condition.Decision].Producer is >= 0 and var producer && _boxes[producer] is null)) return null;

        var before = _problems.Count;
        var demands = new List<Demand>();
        for (var i = 0; i < conditions.Count; i++) AddCondition(step, i, scope, demands);
        for (var i = 0; i < inputs.Count; i++) AddInput(step, i, scope, demands);
        _demands[step] = demands;
        if (_problems.Count > before) return null;

        var box = demands.Aggregate(Box.Always, (sum, demand) => sum.And(demand.Box));
        if (box.Contradiction is not (>= 0 and var dead)) return box;
        _problems.Add(new GuardProblem(GuardProblemKind.DeadBranch, step) { Decision = dead, Demands = Needed(demands, dead) });
        return null;
    }

    private void AddCondition(int step, int position, IReadOnlyCollection<int> scope, List<Demand> demands)
    {
        var (decision, allowed) = _steps[step].Conditions[position];
        if (!IsIn(decision, scope)) _problems.Add(new GuardProblem(GuardProblemKind.DecisionOutsideScope, step, position));
        demands.Add(new Demand(Box.Of(decision, allowed), position, -1, -1));
        demands.Add(new Demand(GuardOf(decision), position, -1, _decisions[decision].Producer));
    }

    private void AddInput(int step, int position, IReadOnlyCollection<int> scope, List<Demand> demands)
    {
        var (kind, producers) = _steps[step].Inputs[position];
        if (producers.Count == 0) return;
        var boxes = producers.Select(producer => _boxes[producer]!).ToList();
        switch (kind)
        {
            case GuardInputKind.Needed:
                demands.Add(new Demand(boxes[0], -1, position, producers[0]));
                break;
            case GuardInputKind.Gather:
                demands.Add(new Demand(boxes[0].About(decision => IsIn(decision, scope)), -1, position, producers[0]));
                break;
            case GuardInputKind.OneOf or GuardInputKind.FreeOneOf:
                var common = Merge.Common(boxes, GuardOf);
                if (Merge.Overlap(boxes) is { } overlap) _problems.Add(new GuardProblem(GuardProblemKind.NotExclusive, step, position) { Overlap = overlap });
                else if (kind == GuardInputKind.FreeOneOf) break;
                else if (Merge.Gap(boxes, common, _sizes, GuardOf) is { } gap) _problems.Add(new GuardProblem(GuardProblemKind.NotExhaustive, step, position) { Gap = gap });
                else demands.Add(new Demand(common, -1, position, producers[0]));
                break;
        }
    }

    /// <summary>As few of the demands as contradict each other about a decision.</summary>
    private static List<Demand> Needed(IReadOnlyList<Demand> demands, int decision)
    {
        var needed = demands.Where(demand => demand.Box[decision] is { } set && set.Contains(false)).ToList();
        foreach (var demand in needed.ToList())
            if (needed.Where(other => other != demand).ToList() is { Count: > 0 } fewer && fewer.Aggregate(Box.Always, (sum, other) => sum.And(other.Box.About(d => d == decision))).Contradiction >= 0)
                needed = fewer;
        return needed;
    }
}
