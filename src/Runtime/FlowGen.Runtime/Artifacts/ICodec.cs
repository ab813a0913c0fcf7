using MessagePack;

namespace FlowGen;

/// <summary>Writes and reads values of one type as MessagePack. Implemented by stateless structs, so that codecs compose at compile time and cost no virtual call.</summary>
/// <remarks>
/// The compiler writes codecs for almost all types. For others write one, and name it with <see cref="ArtifactCodecAttribute"/>. A codec writes exactly one MessagePack value, the same bytes
/// for equal values in every process, and reads all of it. Codecs of the framework's types, such as <c>ArrayCodec&lt;double, DoubleCodec&gt;</c>, are in <c>FlowGen.CompilerServices</c>.
/// </remarks>
/// <typeparam name="T">The type, with the nullability that the codec allows.</typeparam>
public interface ICodec<T>
{
    /// <summary>Writes a value in its one canonical encoding. A codec named by <see cref="ArtifactCodecAttribute"/> is never called with <c>null</c>.</summary>
    /// <exception cref="ArtifactException">The value cannot be stored as it is.</exception>
    static abstract void Write(ref MessagePackWriter writer, T value);

    /// <summary>Reads a value. Allocates no more than a small multiple of the bytes present, whatever they claim.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not a value of this type. <see cref="MessagePackSerializationException"/> and <see cref="EndOfStreamException"/> of the reader mean the same.</exception>
    static abstract T Read(ref MessagePackReader reader);

    /// <summary>How many values are stored together, member by member; <c>null</c> to store each by itself. Generated for flat types; a codec that somebody writes leaves it alone.</summary>
    static virtual CompilerServices.Columns<T>? Columns => null;
}
