using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>Blocks of primitives (see <see cref="Block"/>) as JSON numbers.</summary>
internal static class JsonNumbers
{
    private const int PieceItems = 1024;

    /// <summary>Writes at most so many items of a block and returns how many are left.</summary>
    public delegate long Writer(Utf8JsonWriter json, ReadOnlySequence<byte> bytes, long most);

    /// <summary>The writer of the blocks with a type code, if there are such blocks.</summary>
    public static Writer? ForCode(sbyte code) => code switch
    {
        1 => Of<sbyte>((json, item) => json.WriteNumberValue(item)),
        2 => Of<short>((json, item) => json.WriteNumberValue(item)),
        3 => Of<ushort>((json, item) => json.WriteNumberValue(item)),
        4 => Of<int>((json, item) => json.WriteNumberValue(item)),
        5 => Of<uint>((json, item) => json.WriteNumberValue(item)),
        6 => Of<long>((json, item) => json.WriteNumberValue(item)),
        7 => Of<ulong>((json, item) => json.WriteNumberValue(item)),
        8 => Of<Half>((json, item) => Write(json, (float)item)),
        9 => Of<float>(Write),
        10 => Of<double>(Write),
        11 => Of<char>(Write),
        12 => Of<bool>((json, item) => json.WriteBooleanValue(item)),
        _ => null,
    };

    public static void Write(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else Write(json, (double)value);
    }

    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    // A surrogate alone is not text; CharCodec writes it as a number, too.
    private static void Write(Utf8JsonWriter json, char value)
    {
        if (char.IsSurrogate(value)) json.WriteNumberValue(value);
        else json.WriteStringValue([value]);
    }

    private static Writer Of<T>(Action<Utf8JsonWriter, T> write) => (json, bytes, most) =>
    {
        var size = Unsafe.SizeOf<T>();
        if (bytes.Length % size != 0) throw new ArtifactFormatException($"A block of {bytes.Length} bytes is no sequence of {TypeNames.Of(typeof(T))}.");
        var total = bytes.Length / size;
        var shown = Math.Min(total, most);
        var piece = new T[Math.Min(shown, PieceItems)];
        for (var done = 0L; done < shown; done += piece.Length)
        {
            var items = piece.AsSpan(0, (int)Math.Min(shown - done, piece.Length));
            Block.Copy(bytes.Slice(done * size, (long)items.Length * size), items);
            foreach (var item in items) write(json, item);
        }

        return total - shown;
    };
}
