using FlowGen.Executing.Secrets;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Records that a secret was given, and nothing else of it.</summary>
public readonly struct SecretCodec<T> : ICodec<Secret<T>> where T : notnull
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Secret<T> value) => Text.Write(ref writer, Exact.Of(value).ToString());

    /// <inheritdoc/>
    /// <remarks>Whoever reads it looks up the value again.</remarks>
    public static Secret<T> Read(ref MessagePackReader reader) =>
        Text.Read(ref reader) == SecretMask.Stars ? Secret<T>.Unknown : throw new ArtifactFormatException("A secret was expected and a text found.");
}
