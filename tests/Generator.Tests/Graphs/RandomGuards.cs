using CsCheck;
using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>A random flow of guarded steps, each of which runs once or for each of two items, and may be a decision.</summary>
internal sealed class RandomGuards
{
    private readonly Queue<uint> _tape;

    private RandomGuards(IEnumerable<uint> tape)
    {
        _tape = new Queue<uint>(tape);
        var count = 4 + Next(4);
        Decisions.Add(new GuardDecision(-1, 2 + Next(2)));
        var values = 1;
        for (var step = 0; step < count; step++)
        {
            Steps.Add(Step(step));
            if (values * Width(step) <= 4 && Next(4) > 0)
            {
                values *= 2 * Width(step);
                Decisions.Add(new GuardDecision(step, values == 2 ? 3 : 2));
            }
        }
    }

    public static readonly Gen<RandomGuards> Flows = Gen.UInt.Array[120].Select(tape => new RandomGuards(tape));

    public List<GuardStep> Steps { get; } = [];

    public List<GuardDecision> Decisions { get; } = [];

    /// <summary>How many tasks a step has.</summary>
    public int Width(int step) => Steps[step].Scope!.Count == 0 ? 1 : 2;

    public override string ToString() =>
        string.Join(", ", Decisions.Select((d, i) => $"d{i} = {(d.Producer < 0 ? "parameter" : "s" + d.Producer)} of {d.Size}")) + "\n" +
        string.Join("\n", Steps.Select((s, i) => $"s{i}{(s.Scope!.Count > 0 ? "[]" : "")} {string.Join(", ", s.Inputs.Select(input => $"{input.Kind} {string.Join("|", input.Producers)}"))} when " +
            string.Join(" and ", s.Conditions.Select(c => $"d{c.Decision} in {string.Join("", c.Allowed.Select(a => a ? 1 : 0))}"))));

    private GuardStep Step(int step)
    {
        int[] scope = Next(3) == 0 ? [0] : [];
        var inside = Enumerable.Range(0, step).Where(other => scope.Length > 0 || Steps[other].Scope!.Count == 0).ToList();
        var inputs = Enumerable.Range(0, Next(3)).Select(_ => Input(step, scope.Length > 0, inside)).OfType<GuardInput>().ToList();
        var conditions = Enumerable.Range(0, Next(3)).Select(_ => Next(Decisions.Count)).Select(decision => new GuardCondition(decision, Allowed(Decisions[decision].Size))).ToList();
        return new GuardStep(inputs, conditions, scope);
    }

    private GuardInput? Input(int step, bool isItem, List<int> inside)
    {
        var kind = (GuardInputKind)Next(5);
        if (kind == GuardInputKind.Gather)
        {
            var items = Enumerable.Range(0, step).Where(other => Steps[other].Scope!.Count > 0).ToList();
            return isItem || items.Count == 0 ? null : new GuardInput(kind, [items[Next(items.Count)]]);
        }
        if (inside.Count == 0) return null;
        if (kind is GuardInputKind.Needed or GuardInputKind.Free) return new GuardInput(kind, [inside[Next(inside.Count)]]);

        // Steps that hang on the same decision exclude each other more often than any two.
        var guarded = inside.Where(other => Steps[other].Conditions.Count > 0).ToList();
        var first = guarded.Count == 0 ? inside[0] : guarded[Next(guarded.Count)];
        var related = guarded.Where(other => Steps[other].Conditions.Any(c => Steps[first].Conditions.Any(d => d.Decision == c.Decision))).Prepend(first).Distinct().Take(2 + Next(2)).ToList();
        return related.Count < 2 ? null : new GuardInput(kind, related);
    }

    private bool[] Allowed(int size)
    {
        var value = Next(size);
        return [.. Enumerable.Range(0, size).Select(v => v == value || Next(4) == 0)];
    }

    private int Next(int limit) => _tape.Count == 0 ? 0 : (int)(_tape.Dequeue() % (uint)limit);
}
