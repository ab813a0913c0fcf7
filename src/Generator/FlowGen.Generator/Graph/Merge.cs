using System.Numerics;

namespace FlowGen.Generator.Graph;

/// <summary>
/// Proves that of several guarded alternatives exactly one is made. Boxes that exclude each other fill what they have in common exactly if, over the decisions on which
/// they differ, their volumes add up to it; the guard of the whole is then what they have in common, a box again. So the check is exact and quadratic.
/// </summary>
internal static class Merge
{
    /// <summary>Two alternatives that can both be made, or <c>null</c>.</summary>
    public static (int First, int Second)? Overlap(IReadOnlyList<Box> alternatives)
    {
        for (var second = 1; second < alternatives.Count; second++)
            for (var first = 0; first < second; first++)
                if (!alternatives[first].Excludes(alternatives[second])) return (first, second);
        return null;
    }

    /// <summary>What all alternatives have in common, with the guards of these decisions: where a decision ran, its guard holds.</summary>
    /// <param name="alternatives">The guards.</param>
    /// <param name="guardOf">The guard of a decision.</param>
    public static Box Common(IReadOnlyList<Box> alternatives, Func<int, Box> guardOf)
    {
        var common = alternatives[0].About(decision => alternatives.All(box => box[decision] is not null && box.AgreesOn(decision, alternatives[0])));
        return common.Decisions.Aggregate(common, (sum, decision) => sum.And(guardOf(decision)));
    }

    /// <summary>
    /// An execution in which none is made although all they have in common holds, told by as few decisions as say so; <c>null</c> if there is none.
    /// </summary>
    /// <param name="alternatives">The guards, which exclude each other.</param>
    /// <param name="common">What they have in common.</param>
    /// <param name="sizes">The number of values of each decision.</param>
    /// <param name="guardOf">The guard of a decision.</param>
    public static IReadOnlyList<(int Decision, int Value)>? Gap(IReadOnlyList<Box> alternatives, Box common, IReadOnlyList<int> sizes, Func<int, Box> guardOf)
    {
        // A decision comes after those that its own guard names, so that its value is asked for only where it was made.
        var differing = alternatives.SelectMany(box => box.Decisions).Distinct().Where(decision => alternatives.Any(box => !box.AgreesOn(decision, alternatives[0])))
            .OrderBy(decision => guardOf(decision).Decisions.Count()).ThenBy(decision => decision).ToList();
        if (!IsLacking(alternatives, differing)) return null;

        var gap = new List<(int Decision, int Value)>();
        var left = alternatives;
        for (var i = 0; i < differing.Count; i++)
        {
            var (decision, rest) = (differing[i], differing.Skip(i + 1).ToList());
            if (gap.Any(fact => guardOf(decision)[fact.Decision]?[fact.Value] == false)) continue;
            var value = Enumerable.Range(0, sizes[decision]).First(candidate => (common[decision]?[candidate] ?? true) && IsLacking(Allowing(left, decision, candidate), rest));
            left = Allowing(left, decision, value);
            gap.Add((decision, value));
        }
        return Shortened(gap);

        bool IsLacking(IReadOnlyList<Box> boxes, IReadOnlyList<int> decisions) =>
            boxes.Aggregate(BigInteger.Zero, (sum, box) => sum + box.Volume(decisions, sizes)) < common.Volume(decisions, sizes);

        List<(int Decision, int Value)> Shortened(List<(int Decision, int Value)> facts)
        {
            foreach (var fact in facts.ToList())
            {
                var fewer = facts.Where(other => other != fact).ToList();
                if (fewer.All(other => guardOf(other.Decision)[fact.Decision] is null) && alternatives.All(box => fewer.Any(other => box[other.Decision]?[other.Value] == false))) facts = fewer;
            }
            return facts;
        }
    }

    private static List<Box> Allowing(IEnumerable<Box> boxes, int decision, int value) => boxes.Where(box => box[decision]?[value] ?? true).ToList();
}
