namespace Language.Tests.Flows;

/// <summary>Chance, in the words of the flows that are drawn with it.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random _random = new(seed);

    public int Below(int end) => _random.Next(end);

    public int Between(int first, int end) => _random.Next(first, end);

    /// <summary>True one time in <paramref name="count"/>.</summary>
    public bool Chance(int count) => _random.Next(count) == 0;

    public T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    public Kind Kind() => _random.Next(16) switch { < 5 => Flows.Kind.Number, < 8 => Flows.Kind.Numbers, 8 => Flows.Kind.Words, < 11 => Flows.Kind.Flag, < 13 => Flows.Kind.Choice, 13 => Flows.Kind.Digit, 14 => Flows.Kind.Letter, _ => Flows.Kind.Point };

    /// <summary>A share of successes; 1 for all.</summary>
    public double Share() => _random.Next(0, 4) * 0.25;
}
