using System.Numerics;

namespace FlowGen.Generator.Graph;

/// <summary>
/// A guard: for each decision that counts the set of allowed values; it says yes to every combination of them. A decision that counts must have run, even with all its values allowed.
/// Immutable; the sets are never written to.
/// </summary>
internal sealed class Box
{
    private static readonly Box Everything = new([]);

    private readonly SortedList<int, bool[]> _sides;

    private Box(SortedList<int, bool[]> sides) => _sides = sides;

    /// <summary>No decision counts.</summary>
    public static Box Always => Everything;

    /// <summary>The decisions that count, in ascending order.</summary>
    public IEnumerable<int> Decisions => _sides.Keys;

    /// <summary>The allowed values of a decision; <c>null</c> if it does not count.</summary>
    public bool[]? this[int decision] => _sides.TryGetValue(decision, out var allowed) ? allowed : null;

    /// <summary>A decision of which no value is left, or -1.</summary>
    public int Contradiction => _sides.Where(side => !side.Value.Contains(true)).Select(side => side.Key).DefaultIfEmpty(-1).First();

    public static Box Of(int decision, bool[] allowed) => new(new SortedList<int, bool[]> { [decision] = allowed });

    public Box And(Box other)
    {
        if (other._sides.Count == 0) return this;
        if (_sides.Count == 0) return other;
        var sides = new SortedList<int, bool[]>(_sides);
        foreach (var side in other._sides)
            sides[side.Key] = sides.TryGetValue(side.Key, out var mine) ? [.. mine.Zip(side.Value, (a, b) => a && b)] : side.Value;
        return new Box(sides);
    }

    /// <summary>The part about some decisions.</summary>
    public Box About(Func<int, bool> decisions)
    {
        if (_sides.Keys.All(decisions)) return this;
        var sides = new SortedList<int, bool[]>();
        foreach (var side in _sides)
            if (decisions(side.Key)) sides.Add(side.Key, side.Value);
        return new Box(sides);
    }

    /// <summary>Whether no execution satisfies both: some decision has disjoint sets.</summary>
    public bool Excludes(Box other) => _sides.Any(side => other[side.Key] is { } set && !side.Value.Zip(set, (a, b) => a && b).Contains(true));

    /// <summary>Whether every execution that satisfies this box satisfies the other one.</summary>
    public bool Implies(Box other) => other._sides.All(side => this[side.Key] is { } set ? !set.Where((allowed, i) => allowed && !side.Value[i]).Any() : !side.Value.Contains(false));

    /// <summary>Whether the box allows the same values of a decision as another one.</summary>
    public bool AgreesOn(int decision, Box other) => (this[decision], other[decision]) switch
    {
        (null, null) => true,
        ({ } mine, { } others) => mine.SequenceEqual(others),
        ({ } only, null) => !only.Contains(false),
        (null, { } only) => !only.Contains(false),
    };

    /// <summary>How many combinations of values of some decisions it allows.</summary>
    public BigInteger Volume(IEnumerable<int> decisions, IReadOnlyList<int> sizes) =>
        decisions.Aggregate(BigInteger.One, (volume, decision) => volume * (this[decision]?.Count(allowed => allowed) ?? sizes[decision]));
}
