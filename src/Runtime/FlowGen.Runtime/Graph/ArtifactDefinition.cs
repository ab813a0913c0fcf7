using System.Buffers;

namespace FlowGen.CompilerServices;

/// <summary>One artifact: its name and how its values are written and read.</summary>
public abstract class ArtifactDefinition
{
    /// <summary>The artifact's name, such as <c>best</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Type as people see it, such as <c>Candidate</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Whether a value may be handed to every consumer as it is: deeply immutable, and its codec loses nothing. Otherwise every consumer gets its own copy.</summary>
    public required bool Shareable { get; init; }

    /// <summary>Whether <c>null</c> is a value. Where not, a step that returns <c>null</c> fails.</summary>
    public bool Nullable { get; init; }

    internal virtual Type Type => typeof(object);

    /// <summary>Writes a value in its canonical MessagePack encoding.</summary>
    /// <exception cref="ArtifactException">The value cannot be stored as it is (a cycle, a subclass, a null that the type does not allow); the message says where.</exception>
    public abstract void Encode(IBufferWriter<byte> output, object? value);

    /// <summary>Reads a value written by <see cref="Encode"/>.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not a value of this type.</exception>
    public abstract object? Decode(in ReadOnlySequence<byte> content);
}
