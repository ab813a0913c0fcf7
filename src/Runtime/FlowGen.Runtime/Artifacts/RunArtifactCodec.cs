using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Records which run a parameter comes from. Whoever reads it finds the artifact of that run again.</summary>
public readonly struct RunArtifactCodec<T> : ICodec<Artifact<T>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Artifact<T> value) => Text.Write(ref writer, value.Run ?? "");

    /// <inheritdoc/>
    public static Artifact<T> Read(ref MessagePackReader reader) => Artifact<T>.OfRun(Text.Read(ref reader));
}
