using System.Diagnostics.CodeAnalysis;

namespace FlowGen;

/// <summary>An input whose producer may have failed: its value or its error. A step that takes one runs either way.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, StepError? error) => (_value, Error) = (value, error);

    /// <summary>The outcome of a task that succeeded.</summary>
    public static Outcome<T> Of(T value) => new(value, null);

    /// <summary>The outcome of a task that failed, or of one that was blocked by a task that failed.</summary>
    public static Outcome<T> Of(StepError error) => new(default, error ?? throw new ArgumentNullException(nameof(error)));

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>What went wrong, or <c>null</c>.</summary>
    public StepError? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message has the error.</exception>
    public T Value => Succeeded ? _value! : throw new InvalidOperationException($"There is no value: {Error}. Ask Succeeded first.");

    /// <inheritdoc/>
    public override string ToString() => Succeeded ? $"{_value}" : Error.ToString();
}
