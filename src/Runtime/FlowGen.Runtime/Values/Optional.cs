using System.Diagnostics.CodeAnalysis;

namespace FlowGen;

/// <summary>An input that may be missing because its producer was skipped. Unlike <c>T?</c> it tells "skipped" from a value that is <c>null</c>.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct Optional<T>
{
    private readonly T? _value;

    /// <summary>A value that is there; <c>default</c> is one that is not.</summary>
    public Optional(T value) => (HasValue, _value) = (true, value);

    /// <summary>Whether the producer ran.</summary>
    public bool HasValue { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue ? _value! : throw new InvalidOperationException("There is no value: its producer was skipped. Ask HasValue first.");

    /// <summary>Gives the value if there is one.</summary>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return HasValue;
    }

    /// <summary>The value, or another one.</summary>
    public T Or(T other) => HasValue ? _value! : other;

    /// <summary>A value that is there.</summary>
    public static implicit operator Optional<T>(T value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => HasValue ? $"{_value}" : "(skipped)";
}
