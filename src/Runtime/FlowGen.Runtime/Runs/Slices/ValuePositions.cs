namespace FlowGen.Runs;

/// <summary>Values, each of which is written once and named by its position everywhere else.</summary>
internal sealed class ValuePositions
{
    private readonly Dictionary<StoredValue, int> _positions = new(ReferenceEqualityComparer.Instance);
    private readonly List<StoredValue> _values = [];

    /// <param name="values">All of them, in any order and as often as they occur.</param>
    public ValuePositions(IEnumerable<StoredValue> values)
    {
        foreach (var value in values)
            if (_positions.TryAdd(value, _values.Count)) _values.Add(value);
    }

    /// <summary>Each value once.</summary>
    public IReadOnlyList<StoredValue> Values => _values;

    /// <summary>The position of a value; -1 of none.</summary>
    public int Of(StoredValue? value) => value is null ? -1 : _positions[value];
}
