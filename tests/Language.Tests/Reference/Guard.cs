using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>When a step runs: for each decision that counts, the values that let it. A decision that counts must have been made.</summary>
internal sealed class Guard(IReadOnlyDictionary<SourceSpec, IReadOnlySet<object>> sides)
{
    public static readonly Guard Always = new(new Dictionary<SourceSpec, IReadOnlySet<object>>());

    public IReadOnlyDictionary<SourceSpec, IReadOnlySet<object>> Sides => sides;

    public bool IsDead => sides.Values.Any(values => values.Count == 0);

    public static Guard Of(SourceSpec decision, IEnumerable<object> values) => new(new Dictionary<SourceSpec, IReadOnlySet<object>> { [decision] = values.ToHashSet() });

    public Guard And(Guard other) => new(sides.Keys.Union(other.Sides.Keys).ToDictionary(decision => decision,
        decision => (IReadOnlySet<object>)(sides.GetValueOrDefault(decision) ?? other.Sides[decision]).Intersect(other.Sides.GetValueOrDefault(decision) ?? sides[decision]).ToHashSet()));

    public Guard About(Func<SourceSpec, bool> isWanted) => new(sides.Where(side => isWanted(side.Key)).ToDictionary());

    /// <summary>Whether it lets a step run in an execution: the decisions that were made, with their values.</summary>
    public bool Holds(IReadOnlyDictionary<SourceSpec, object> execution) => sides.All(side => execution.TryGetValue(side.Key, out var value) && side.Value.Contains(value));

    public bool Equals(Guard other) => sides.Count == other.Sides.Count && sides.All(side => other.Sides.TryGetValue(side.Key, out var values) && values.SetEquals(side.Value));
}
