using System.Buffers;
using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>One flow parameter: its names, how text becomes a value, and how the value is recorded.</summary>
public abstract class ParameterDefinition
{
    /// <summary>Name in records, such as <c>testShare</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the property in source, such as <c>TestShare</c>.</summary>
    public required string Property { get; init; }

    /// <summary>Type as people see it, such as <c>double</c> or <c>Color[]</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>First paragraph of the documentation comment, if any.</summary>
    public string? Description { get; init; }

    /// <summary>Source text of the initializer, if any.</summary>
    public string? DefaultText { get; init; }

    /// <summary>Whether a value must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Which result of another run it is, if it is one.</summary>
    public FromRunDefinition? FromRun { get; init; }

    /// <summary>Whether it is the time for which the run was scheduled.</summary>
    public bool FromSchedule { get; init; }

    /// <summary>Whether several values may be given.</summary>
    public abstract bool IsCollection { get; }

    /// <summary>The values that help and completion offer (enum members, <c>true</c> and <c>false</c>); empty when there are too many.</summary>
    public abstract IReadOnlyList<string> Choices { get; }

    /// <summary>Whether the value may be handed to several tasks as it is; otherwise every task gets a copy.</summary>
    public required bool Shareable { get; init; }

    /// <summary>Turns text into a value.</summary>
    /// <param name="texts">One text, or any number for a collection.</param>
    /// <exception cref="FormatException">A text does not fit; the message says what was expected.</exception>
    public abstract object? Parse(IReadOnlyList<string> texts);

    internal abstract Type Type { get; }

    /// <summary>What a value is, as people would say it.</summary>
    internal abstract string Expected { get; }

    /// <summary>A value as it is written in JSON.</summary>
    internal abstract string Example { get; }

    /// <summary>Whether text is JSON, which may hold commas.</summary>
    internal abstract bool IsJson { get; }

    /// <summary>Whether the value is a secret, which is neither recorded nor shown.</summary>
    internal abstract bool IsSecret { get; }

    /// <summary>Reads one value of JSON; the reader stands on its first token and then on its last.</summary>
    /// <exception cref="JsonInputException">It does not fit.</exception>
    internal abstract object? Read(ref Utf8JsonReader json);

    /// <summary>Checks a value against the validation attributes of the property.</summary>
    /// <returns>What is wrong, as the end of a sentence such as "must be between 0.05 and 0.5", or for a part of the value after its place: <c>[2].trees must be ...</c> or <c>.trees must be ...</c>; <c>null</c> if nothing is.</returns>
    public abstract string? Validate(object? value);

    /// <summary>Whether <see cref="Validate"/> speaks of a part of the value.</summary>
    internal static bool IsInside(string wrong) => wrong[0] is '.' or '[';

    /// <summary>Writes the value in its canonical MessagePack encoding.</summary>
    public abstract void Encode(IBufferWriter<byte> output, object? value);

    /// <summary>Reads a value written by <see cref="Encode"/>.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not a value of this type.</exception>
    public abstract object? Decode(in ReadOnlySequence<byte> content);
}
