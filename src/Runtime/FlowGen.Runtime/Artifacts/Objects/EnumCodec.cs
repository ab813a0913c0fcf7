using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Enums by the name of the declared member, so that members can be renumbered; values without a name, such as combined flags, as integers.</summary>
/// <remarks>Of several names of one value the first in ordinal order is used; all are read.</remarks>
public readonly struct EnumCodec<T> : ICodec<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Values = Enum.GetNames<T>().ToFrozenDictionary(name => name, Enum.Parse<T>, StringComparer.Ordinal);
    private static readonly FrozenDictionary<T, string> Names = Values
        .GroupBy(pair => pair.Value, pair => pair.Key)
        .ToFrozenDictionary(names => names.Key, names => names.Min(StringComparer.Ordinal)!);
    private static readonly int LongestName = Values.Keys.Select(name => name.Length).DefaultIfEmpty().Max();
    private static readonly bool IsUnsigned = Type.GetTypeCode(typeof(T)) is TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T value)
    {
        if (Names.TryGetValue(value, out var name)) Text.Write(ref writer, name);
        else if (IsUnsigned) writer.Write((ulong)ToInt64(value));
        else writer.Write(ToInt64(value));
    }

    /// <inheritdoc/>
    public static T Read(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType == MessagePackType.Integer) return IsUnsigned ? FromUInt64(reader.ReadUInt64()) : FromInt64(reader.ReadInt64());
        if (LongestName > Text.MaxLength) return Parse(Text.Read(ref reader));
        Span<char> buffer = stackalloc char[Text.MaxLength];
        return Parse(buffer[..Text.Read(ref reader, buffer)]);
    }

    private static T Parse(ReadOnlySpan<char> name) =>
        Values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var value) ? value : throw Text.Invalid(typeof(T).Name, name);

    private static long ToInt64(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => IsUnsigned ? Unsafe.BitCast<T, byte>(value) : Unsafe.BitCast<T, sbyte>(value),
        2 => IsUnsigned ? Unsafe.BitCast<T, ushort>(value) : Unsafe.BitCast<T, short>(value),
        4 => IsUnsigned ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, int>(value),
        _ => Unsafe.BitCast<T, long>(value),
    };

    private static T FromInt64(long value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<sbyte, T>(checked((sbyte)value)),
        2 => Unsafe.BitCast<short, T>(checked((short)value)),
        4 => Unsafe.BitCast<int, T>(checked((int)value)),
        _ => Unsafe.BitCast<long, T>(value),
    };

    private static T FromUInt64(ulong value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<byte, T>(checked((byte)value)),
        2 => Unsafe.BitCast<ushort, T>(checked((ushort)value)),
        4 => Unsafe.BitCast<uint, T>(checked((uint)value)),
        _ => Unsafe.BitCast<ulong, T>(value),
    };
}
