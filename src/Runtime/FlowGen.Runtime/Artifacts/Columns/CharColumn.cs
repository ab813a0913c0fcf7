using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>char</c> as its UTF-16 code.</summary>
public readonly struct CharColumn : IColumn<char>, IConversion<char, ushort>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<char> cells) => ConvertedColumn<char, ushort, NumberColumn<ushort>, CharColumn>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static char[] Read(ref MessagePackReader reader, int count) => ConvertedColumn<char, ushort, NumberColumn<ushort>, CharColumn>.Read(ref reader, count);

    static string IConversion<char, ushort>.Name => "char";

    static ushort IConversion<char, ushort>.To(char value) => value;

    static char IConversion<char, ushort>.From(ushort number) => (char)number;
}
