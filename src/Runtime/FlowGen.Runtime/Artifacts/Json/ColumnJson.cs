using System.Buffers;
using System.Text.Json;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen;

/// <summary>A column whose type only its bytes say, cell by cell. Cells look as they do where each is stored by itself.</summary>
internal abstract class ColumnJson
{
    public abstract void Write(Utf8JsonWriter json, int row, bool full);

    public static ColumnJson Read(ref MessagePackReader reader, int rows)
    {
        var peek = reader.CreatePeekReader();
        if (peek.ReadArrayHeader() < 1) throw new ArtifactFormatException("A column has no type.");
        return Text.Read(ref peek) switch
        {
            Presence.Name => new Nullable(ref reader, rows),
            EnumColumn.Name => new Enumeration(ref reader, rows),
            "bool" => new Of<bool, BooleanColumn, BooleanCodec>(ref reader, rows),
            "sbyte" => new Of<sbyte, NumberColumn<sbyte>, SByteCodec>(ref reader, rows),
            "byte" => new Of<byte, NumberColumn<byte>, ByteCodec>(ref reader, rows),
            "short" => new Of<short, NumberColumn<short>, Int16Codec>(ref reader, rows),
            "ushort" => new Of<ushort, NumberColumn<ushort>, UInt16Codec>(ref reader, rows),
            "int" => new Of<int, NumberColumn<int>, Int32Codec>(ref reader, rows),
            "uint" => new Of<uint, NumberColumn<uint>, UInt32Codec>(ref reader, rows),
            "long" => new Of<long, NumberColumn<long>, Int64Codec>(ref reader, rows),
            "ulong" => new Of<ulong, NumberColumn<ulong>, UInt64Codec>(ref reader, rows),
            "float" => new Of<float, FloatColumn<float>, SingleCodec>(ref reader, rows),
            "double" => new Of<double, FloatColumn<double>, DoubleCodec>(ref reader, rows),
            "decimal" => new Of<decimal, DecimalColumn, DecimalCodec>(ref reader, rows),
            "char" => new Of<char, CharColumn, CharCodec>(ref reader, rows),
            "string" => new Of<string, StringColumn, StringCodec>(ref reader, rows),
            "Guid" => new Of<Guid, GuidColumn, GuidCodec>(ref reader, rows),
            "DateTime" => new Of<DateTime, DateTimeColumn, DateTimeCodec>(ref reader, rows),
            "DateTimeOffset" => new Of<DateTimeOffset, DateTimeOffsetColumn, DateTimeOffsetCodec>(ref reader, rows),
            "DateOnly" => new Of<DateOnly, DateOnlyColumn, DateOnlyCodec>(ref reader, rows),
            "TimeOnly" => new Of<TimeOnly, TimeOnlyColumn, TimeOnlyCodec>(ref reader, rows),
            "TimeSpan" => new Of<TimeSpan, TimeSpanColumn, TimeSpanCodec>(ref reader, rows),
            var type => throw Text.Invalid("type of a column", type),
        };
    }

    private sealed class Of<T, TColumn, TCodec>(ref MessagePackReader reader, int rows) : ColumnJson where TColumn : struct, IColumn<T> where TCodec : struct, ICodec<T>
    {
        private readonly T[] _cells = TColumn.Read(ref reader, rows);
        private readonly ArrayBufferWriter<byte> _buffer = new();

        public override void Write(Utf8JsonWriter json, int row, bool full)
        {
            _buffer.ResetWrittenCount();
            Codec.Encode<T, TCodec>(_buffer, _cells[row]);
            var cell = new MessagePackReader(_buffer.WrittenMemory);
            MessagePackJson.WriteValue(json, ref cell, full);
        }
    }

    private sealed class Nullable : ColumnJson
    {
        private readonly int[] _values;
        private readonly ColumnJson _column;

        public Nullable(ref MessagePackReader reader, int rows)
        {
            var present = Presence.Read(ref reader, rows, out var count);
            _column = Read(ref reader, count);
            _values = new int[rows];
            var next = 0;
            for (var i = 0; i < rows; i++) _values[i] = present is null || present[i] ? next++ : -1;
        }

        public override void Write(Utf8JsonWriter json, int row, bool full)
        {
            if (_values[row] < 0) json.WriteNullValue();
            else _column.Write(json, _values[row], full);
        }
    }

    private sealed class Enumeration : ColumnJson
    {
        private readonly string[] _cells;

        public Enumeration(ref MessagePackReader reader, int rows)
        {
            var parts = Column.ReadHeader(ref reader, EnumColumn.Name);
            if (parts != 2) throw Column.BadForm(EnumColumn.Name, parts);
            _cells = Codes.Read<string>(ref reader, rows, Sequence<string, NameCodec>.Read(ref reader));
        }

        public override void Write(Utf8JsonWriter json, int row, bool full)
        {
            if (_cells[row] is [(>= '0' and <= '9') or '-', ..]) json.WriteRawValue(_cells[row]);
            else json.WriteStringValue(_cells[row]);
        }
    }

    /// <summary>Names of members, which do not begin with digits, or numbers of values without a name.</summary>
    private readonly struct NameCodec : ICodec<string>
    {
        public static void Write(ref MessagePackWriter writer, string value) => StringCodec.Write(ref writer, value);

        public static string Read(ref MessagePackReader reader) => reader.NextMessagePackType switch
        {
            MessagePackType.String => Text.Read(ref reader),
            _ when reader.NextCode is >= MessagePackCode.MinNegativeFixInt or (>= MessagePackCode.Int8 and <= MessagePackCode.Int64) => $"{reader.ReadInt64()}",
            _ => $"{reader.ReadUInt64()}",
        };
    }
}
