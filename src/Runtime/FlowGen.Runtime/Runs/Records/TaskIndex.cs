using System.Globalization;

namespace FlowGen.Runs;

/// <summary>Where a task is in the dimensions of its step: one number from 0 for each, slowest first. Of a step that runs once it is empty, as <c>default</c> is.</summary>
internal readonly struct TaskIndex : IEquatable<TaskIndex>, IComparable<TaskIndex>
{
    /// <summary>The last number and one more, so that <c>default</c> is empty: most steps have one dimension, and their indices allocate nothing.</summary>
    private readonly int _last;

    /// <summary>What comes before the last number.</summary>
    private readonly int[]? _outer;

    private TaskIndex(int[]? outer, int last) => (_outer, _last) = (outer, last + 1);

    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static TaskIndex Of(params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(numbers));
        return numbers.Length switch
        {
            0 => default,
            1 => new TaskIndex(null, numbers[0]),
            _ => new TaskIndex(numbers[..^1].ToArray(), numbers[^1]),
        };
    }

    public static implicit operator TaskIndex(int single) => Of(single);

    public int Count => _last == 0 ? 0 : 1 + (_outer?.Length ?? 0);

    public bool IsEmpty => _last == 0;

    /// <summary>The fastest number; -1 if there is none.</summary>
    public int Last => _last - 1;

    public int this[int dimension] => dimension == Count - 1 ? Last : _outer![dimension];

    /// <summary>The same, but for the fastest number: ranges of tasks differ in it alone.</summary>
    public TaskIndex WithLast(int last) => new(_outer, last);

    public TaskIndex Append(int number) => IsEmpty ? Of(number) : new TaskIndex([.. _outer ?? [], Last], number);

    /// <summary>Whether its first numbers are those of the other.</summary>
    public bool StartsWith(TaskIndex prefix)
    {
        if (prefix.Count > Count) return false;
        for (var i = 0; i < prefix.Count; i++)
            if (this[i] != prefix[i]) return false;
        return true;
    }

    public int[] ToArray() => IsEmpty ? [] : [.. _outer ?? [], Last];

    public bool Equals(TaskIndex other) => _last == other._last && _outer.AsSpan().SequenceEqual(other._outer);

    public override bool Equals(object? obj) => obj is TaskIndex other && Equals(other);

    public override int GetHashCode()
    {
        var hash = _last;
        foreach (var number in _outer.AsSpan()) hash = HashCode.Combine(hash, number);
        return hash;
    }

    /// <summary>Index order: the slowest number counts most.</summary>
    public int CompareTo(TaskIndex other)
    {
        for (var i = 0; i < Count && i < other.Count; i++)
            if (this[i].CompareTo(other[i]) is not 0 and var order) return order;
        return Count.CompareTo(other.Count);
    }

    public static bool operator ==(TaskIndex left, TaskIndex right) => left.Equals(right);

    public static bool operator !=(TaskIndex left, TaskIndex right) => !left.Equals(right);

    /// <summary>As in task names: <c>[3,1]</c>, or nothing.</summary>
    public override string ToString() => Count switch
    {
        0 => "",
        1 => string.Create(CultureInfo.InvariantCulture, $"[{Last}]"),
        _ => $"[{string.Join(',', ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture)))}]",
    };
}
