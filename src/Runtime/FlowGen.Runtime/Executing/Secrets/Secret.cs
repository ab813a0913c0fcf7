using System.Globalization;
using FlowGen.Executing.Secrets;

namespace FlowGen;

/// <summary>A value that only steps may see, such as a password. It is never recorded, is read again by each resume, and is masked in all that steps print, log and throw.</summary>
/// <remarks>As a parameter it comes from an environment variable, a file, standard input or the user secrets of .NET, and never from the command line.</remarks>
/// <typeparam name="T">Type of the value: text, or any other simple type of parameters.</typeparam>
public sealed class Secret<T> : ISecret where T : notnull
{
    private readonly T? _value;
    private readonly string? _text;
    private readonly bool _isKnown;

    /// <summary>Wraps a value, for flows that are started from code.</summary>
    /// <param name="value">The value.</param>
    public Secret(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (_value, _isKnown) = (value, true);
    }

    internal Secret(T value, string text) : this(value) => _text = text;

    private Secret() { }

    /// <summary>A secret that was recorded: that it was given, not what it was.</summary>
    internal static Secret<T> Unknown { get; } = new();

    /// <summary>The value. What is made from it is not a secret any more: do not return it from a step.</summary>
    public T Reveal() => _isKnown ? _value! : throw new InvalidOperationException("The value of this secret is not known here: it is never recorded.");

    /// <summary>Three stars.</summary>
    public override string ToString() => SecretMask.Stars;

    bool ISecret.IsKnown => _isKnown;

    IEnumerable<string> ISecret.Texts
    {
        get
        {
            if (!_isKnown) yield break;
            if (_text is not null) yield return _text;
            if (Convert.ToString(_value, CultureInfo.InvariantCulture) is { } invariant) yield return invariant;
            if (_value!.ToString() is { } current) yield return current;
        }
    }
}
