using System.Collections.Immutable;
using FlowGen.CompilerServices;
using MessagePack;
using Microsoft.ML.Data;

namespace FlowGen.ML.Columns;

/// <summary>The types of columns that can be stored: all primitive types of ML.NET, keys, and vectors of these.</summary>
internal static class ColumnTypes
{
    private static readonly (PrimitiveDataViewType Type, Func<ColumnData> Scalars, Func<int, ColumnData> Vectors)[] Items =
    [
        Item<bool, BooleanCodec>(BooleanDataViewType.Instance),
        Item<sbyte, SByteCodec>(NumberDataViewType.SByte),
        Item<byte, ByteCodec>(NumberDataViewType.Byte),
        Item<short, Int16Codec>(NumberDataViewType.Int16),
        Item<ushort, UInt16Codec>(NumberDataViewType.UInt16),
        Item<int, Int32Codec>(NumberDataViewType.Int32),
        Item<uint, UInt32Codec>(NumberDataViewType.UInt32),
        Item<long, Int64Codec>(NumberDataViewType.Int64),
        Item<ulong, UInt64Codec>(NumberDataViewType.UInt64),
        Item<float, SingleCodec>(NumberDataViewType.Single),
        Item<double, DoubleCodec>(NumberDataViewType.Double),
        Item<ReadOnlyMemory<char>, TextCodec>(TextDataViewType.Instance),
        Item<DateTime, DateTimeCodec>(DateTimeDataViewType.Instance),
        Item<DateTimeOffset, DateTimeOffsetCodec>(DateTimeOffsetDataViewType.Instance),
        Item<TimeSpan, TimeSpanCodec>(TimeSpanDataViewType.Instance),
        Item<DataViewRowId, RowIdCodec>(RowIdDataViewType.Instance),
    ];

    /// <summary>Room for the values of a column; <c>null</c> if its type cannot be stored.</summary>
    public static ColumnData? Room(DataViewType type)
    {
        var item = type is VectorDataViewType vector ? vector.ItemType : type;
        foreach (var known in Items)
        {
            if (!(item is KeyDataViewType ? known.Type is NumberDataViewType && known.Type.RawType == item.RawType : known.Type.Equals(item))) continue;
            return type is VectorDataViewType { Size: var size } ? known.Vectors(size) : known.Scalars();
        }

        return null;
    }

    /// <summary>Writes the name of the item type, the number of keys if it is one of keys, and the dimensions if it is one of vectors.</summary>
    public static void Write(ref MessagePackWriter writer, DataViewType type)
    {
        var (vector, item) = (type as VectorDataViewType, type is VectorDataViewType { ItemType: var inner } ? inner : type);
        writer.WriteArrayHeader(3);
        writer.Write(NameOf(item));
        if (item is KeyDataViewType key) writer.WriteUInt64(key.Count);
        else writer.WriteNil();
        if (vector is not null) ArrayCodec<int, Int32Codec>.Write(ref writer, [.. vector.Dimensions]);
        else writer.WriteNil();
    }

    /// <exception cref="ArtifactFormatException">It is no type that can be stored.</exception>
    public static DataViewType Read(ref MessagePackReader reader)
    {
        if (reader.ReadArrayHeader() != 3) throw new ArtifactFormatException("The type of a column has a name, a number of keys and dimensions.");
        var name = reader.ReadString();
        var item = Items.Select(known => known.Type).FirstOrDefault(type => NameOf(type) == name) ?? throw new ArtifactFormatException($"'{name}' is no type of a column.");
        try
        {
            if (!reader.TryReadNil()) item = new KeyDataViewType(item.RawType, reader.ReadUInt64());
            if (reader.TryReadNil()) return item;
            return new VectorDataViewType(item, ArrayCodec<int, Int32Codec>.Read(ref reader).ToImmutableArray());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new ArtifactFormatException($"A column cannot have these keys or dimensions: {e.Message}", e);
        }
    }

    private static string NameOf(DataViewType item) => item is TextDataViewType ? "Text" : item is RowIdDataViewType ? "RowId" : item.RawType.Name;

    private static (PrimitiveDataViewType, Func<ColumnData>, Func<int, ColumnData>) Item<T, TCodec>(PrimitiveDataViewType type) where TCodec : struct, ICodec<T> =>
        (type, static () => new ScalarColumn<T, TCodec>(), static size => new VectorColumn<T, TCodec>(size));
}
