using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>string</c> as UTF-8. A lone surrogate is an error: it has no UTF-8.</summary>
public readonly struct StringCodec : ICodec<string>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, string value) => Text.Write(ref writer, Exact.Of(value));

    /// <inheritdoc/>
    public static string Read(ref MessagePackReader reader) => Text.Read(ref reader);
}
