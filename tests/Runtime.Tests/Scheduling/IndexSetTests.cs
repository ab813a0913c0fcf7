using CsCheck;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

public class IndexSetTests
{
    [Fact]
    public void AddRemoveFill_RandomOrder_AgreesWithASortedSet() =>
        Gen.Select(Gen.Int[1, 9000], Gen.Bool, Gen.Int[0, int.MaxValue].Array[0, 300]).Sample((bound, fill, values) =>
        {
            var (set, reference) = (new IndexSet(bound), new SortedSet<int>());
            if (fill)
            {
                set.AddRange(0, bound);
                reference.UnionWith(Enumerable.Range(0, bound));
            }

            foreach (var value in values)
            {
                if (value % 2 == 0) { set.Add(value / 2 % bound); reference.Add(value / 2 % bound); }
                else { set.Remove(value / 2 % bound); reference.Remove(value / 2 % bound); }
                Assert.Equal(reference.Count, set.Count);
                if (reference.Count > 0) Assert.Equal(reference.Min, set.Min);
            }

            while (reference.Count > bound - 200 && reference.Count > 0)
            {
                Assert.Equal(reference.Min, set.Min);
                set.Remove(set.Min);
                reference.Remove(reference.Min);
            }
        });
}
