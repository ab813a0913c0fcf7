using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.ML.Columns;

/// <summary>One value a row.</summary>
internal sealed class ScalarColumn<T, TCodec> : ColumnData<T> where TCodec : struct, ICodec<T>
{
    private List<T> _values = [];

    public override void Write(ref MessagePackWriter writer) => ArrayCodec<T, TCodec>.Write(ref writer, [.. _values]);

    public override void Read(ref MessagePackReader reader, int rows)
    {
        _values = [.. ArrayCodec<T, TCodec>.Read(ref reader)];
        if (_values.Count != rows) throw new ArtifactFormatException($"A column of {rows} rows has {_values.Count} values.");
    }

    protected override void Add(in T value) => _values.Add(value);

    protected override void Get(int row, ref T value) => value = _values[row];
}
