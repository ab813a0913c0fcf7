using System.Numerics;

namespace FlowGen.Scheduling;

/// <summary>A set of the integers below a bound that finds its smallest member in constant time: a tree of bit maps, 64 to one, so that a million members take 127 KB.</summary>
internal sealed class IndexSet
{
    private readonly ulong[][] _levels;

    /// <param name="bound">Members are smaller than this.</param>
    public IndexSet(int bound)
    {
        var levels = new List<ulong[]>();
        do
        {
            bound = (bound + 63) >> 6;
            levels.Add(new ulong[bound]);
        }
        while (bound > 1);
        _levels = [.. levels];
    }

    public int Count { get; private set; }

    /// <summary>The smallest member; the set must not be empty.</summary>
    public int Min
    {
        get
        {
            var position = 0;
            for (var level = _levels.Length - 1; level >= 0; level--)
                position = (position << 6) + BitOperations.TrailingZeroCount(_levels[level][position]);
            return position;
        }
    }

    public bool Contains(int value) => (_levels[0][value >> 6] & (1UL << value)) != 0;

    public void Add(int value)
    {
        if (Contains(value)) return;
        Count++;
        foreach (var level in _levels)
        {
            ref var word = ref level[value >> 6];
            var known = word != 0;
            word |= 1UL << value;
            if (known) return;
            value >>= 6;
        }
    }

    public void Remove(int value)
    {
        if (!Contains(value)) return;
        Count--;
        foreach (var level in _levels)
        {
            ref var word = ref level[value >> 6];
            word &= ~(1UL << value);
            if (word != 0) return;
            value >>= 6;
        }
    }

    /// <summary>Adds all integers below <paramref name="count"/> to an empty set.</summary>
    public void Fill(int count)
    {
        Count = count;
        foreach (var level in _levels)
        {
            var full = count >> 6;
            level.AsSpan(0, full).Fill(ulong.MaxValue);
            if ((count & 63) != 0) level[full] = (1UL << count) - 1;
            count = (count + 63) >> 6;
        }
    }
}
