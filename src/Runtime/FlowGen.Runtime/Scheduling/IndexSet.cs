using System.Numerics;

namespace FlowGen.Scheduling;

/// <summary>A set of the integers below a bound that finds its smallest member in constant time: a tree of bit maps, 64 to one, so that a million members take 127 KB.</summary>
internal sealed class IndexSet
{
    private readonly List<ulong[]> _levels = [];

    /// <param name="bound">Members are smaller than this.</param>
    public IndexSet(int bound) => Grow(bound);

    public int Count { get; private set; }

    /// <summary>The smallest member; the set must not be empty.</summary>
    public int Min
    {
        get
        {
            var position = 0;
            for (var level = _levels.Count - 1; level >= 0; level--)
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

    /// <summary>Adds neighbours of which none is a member.</summary>
    public void AddRange(int first, int count)
    {
        if (count == 0) return;
        Count += count;
        var last = first + count - 1;
        foreach (var level in _levels)
        {
            var (from, to) = (first >> 6, last >> 6);
            var (head, tail) = (ulong.MaxValue << (first & 63), ulong.MaxValue >> (63 - (last & 63)));
            if (from == to) level[from] |= head & tail;
            else
            {
                level[from] |= head;
                level.AsSpan(from + 1, to - from - 1).Fill(ulong.MaxValue);
                level[to] |= tail;
            }

            (first, last) = (from, to);
        }
    }

    /// <summary>Makes room for members up to a greater bound.</summary>
    public void Grow(int bound)
    {
        for (var level = 0; level == 0 || bound > 1; level++)
        {
            bound = (int)(((long)bound + 63) >> 6);
            if (level < _levels.Count)
            {
                var words = _levels[level];
                Array.Resize(ref words, Math.Max(bound, words.Length));
                _levels[level] = words;
                continue;
            }

            var added = new ulong[bound];
            if (level > 0)
                for (var i = 0; i < _levels[level - 1].Length; i++)
                    if (_levels[level - 1][i] != 0) added[i >> 6] |= 1UL << i;
            _levels.Add(added);
        }
    }
}
