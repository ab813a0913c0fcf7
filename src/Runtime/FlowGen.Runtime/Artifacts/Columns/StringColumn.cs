using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>string</c> as the lengths in bytes and all UTF-8 in one block, with a dictionary where values repeat.</summary>
public readonly struct StringColumn : IColumn<string>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is not null) continue;
            var exception = Exact.Null(typeof(string));
            exception.Row = i;
            throw exception;
        }

        var texts = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<string, TextCell>(ref MemoryMarshal.GetReference(cells)), cells.Length);
        DictionaryColumn<TextCell, TextCell, TextCell>.Write(ref writer, texts);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string[] Read(ref MessagePackReader reader, int count)
    {
        var texts = DictionaryColumn<TextCell, TextCell, TextCell>.Read(ref reader, count);
        var cells = Column.Rent<string>(count);
        for (var i = 0; i < count; i++) cells[i] = texts[i].Value;
        Column.Return(texts);
        return cells;
    }
}
