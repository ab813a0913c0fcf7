using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>The guards of all steps. Whether alternatives fill what they have in common is found out by trying every execution.</summary>
internal sealed class Guards(FlowSpec flow, Scopes scopes)
{
    private readonly Guard[] _guards = [.. flow.Steps.Select(_ => Guard.Always)];

    /// <summary>Of a step; -1 for a parameter.</summary>
    public Guard Of(int step) => step < 0 ? Guard.Always : _guards[step];

    /// <summary>What decides which tasks of a step there are along some dimensions.</summary>
    public Guard Selection(int step, IReadOnlyList<SourceSpec> dimensions) =>
        Of(step).About(decision => scopes.Of(decision).Intersect(dimensions).Any() && Of(step).Sides[decision].Count < flow.KindOf(decision).Values().Length);

    public Mistake? Check()
    {
        var mentioned = flow.Steps.SelectMany(step => step.Conditions).ToLookup(condition => condition.Decision, condition => condition.Values);
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            var demands = new List<Guard>();
            foreach (var condition in flow.Steps[s].Conditions)
            {
                if (scopes.Of(condition.Decision).Except(scopes.Of(s)).Any()) return Mistake.DecisionOutsideScope;
                var all = flow.KindOf(condition.Decision).Values();
                demands.Add(Guard.Of(condition.Decision, condition.IsOtherwise ? all.Except(mentioned[condition.Decision].SelectMany(values => values)) : condition.Values));
                demands.Add(Of(condition.Decision.Step));
            }
            foreach (var input in flow.Steps[s].Inputs)
            {
                var isFree = flow.WrapOf(input) is Wrap.Nullable or Wrap.Optional || (input.Wrap == Wrap.Nullable && input.Shape == Shape.Plain);
                if (input.Shape == Shape.Gather) demands.Add(Of(input.Source.Step).About(decision => !scopes.Of(decision).Except(scopes.Of(s)).Any()));
                else if (input.Shape == Shape.OneOf)
                {
                    if (Merge(input, out var common) is { } mistake && (mistake != Mistake.AlternativesNotExhaustive || !isFree)) return mistake;
                    if (!isFree) demands.Add(common);
                }
                else if (!isFree) demands.Add(Of(input.Source.Step));
            }
            _guards[s] = demands.Aggregate(Guard.Always, (sum, demand) => sum.And(demand));
            if (_guards[s].IsDead) return Mistake.DeadBranch;
        }
        return null;
    }

    private Mistake? Merge(InputSpec input, out Guard common)
    {
        var guards = input.Sources.Select(source => Of(source.Step)).ToList();
        var shared = guards[0].About(decision => guards.All(guard => guard.Sides.TryGetValue(decision, out var values) && values.SetEquals(guards[0].Sides[decision])));
        common = shared.Sides.Keys.Aggregate(shared, (sum, decision) => sum.And(Of(decision.Step)));

        var isFilled = true;
        foreach (var execution in Executions([.. guards.SelectMany(guard => guard.Sides.Keys).Distinct().OrderBy(decision => decision.Step).ThenBy(decision => decision.Output)]))
        {
            var made = guards.Count(guard => guard.Holds(execution));
            if (made > 1) return Mistake.AlternativesNotExclusive;
            if (made == 0 && common.Holds(execution)) isFilled = false;
        }
        return isFilled ? null : Mistake.AlternativesNotExhaustive;
    }

    /// <summary>All that can come of some decisions, which come after those that their own guards name.</summary>
    private IEnumerable<Dictionary<SourceSpec, object>> Executions(SourceSpec[] decisions) => decisions.Aggregate((IEnumerable<Dictionary<SourceSpec, object>>)[[]],
        (executions, decision) => executions.SelectMany(execution => !Of(decision.Step).Holds(execution) ? [execution]
            : flow.KindOf(decision).Values().Select(value => new Dictionary<SourceSpec, object>(execution) { [decision] = value })));
}
