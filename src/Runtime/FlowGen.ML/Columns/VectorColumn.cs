using System.Runtime.InteropServices;
using FlowGen.CompilerServices;
using MessagePack;
using Microsoft.ML.Data;

namespace FlowGen.ML.Columns;

/// <summary>
/// One vector a row, all behind each other. How a vector is written depends on its values alone: sparse where at most half of them are not the default, and dense otherwise; so vectors that are equal
/// are written alike, however they came.
/// </summary>
/// <param name="size">Length of all vectors; 0 if each has its own.</param>
internal sealed class VectorColumn<T, TCodec>(int size) : ColumnData<VBuffer<T>> where TCodec : struct, ICodec<T>
{
    /// <summary>Length of each vector, unless all have the same.</summary>
    private readonly List<int> _lengths = [];

    /// <summary>How many values of each vector are written; those of a dense one are all.</summary>
    private List<int> _counts = [];

    /// <summary>Where the values of sparse vectors belong.</summary>
    private List<int> _indices = [];
    private List<T> _values = [];

    /// <summary>Where a vector begins among the indices and the values.</summary>
    private (int Index, int Value)[] _starts = [];

    public override void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        WriteInts(ref writer, _lengths);
        WriteInts(ref writer, _counts);
        WriteInts(ref writer, _indices);
        ArrayCodec<T, TCodec>.Write(ref writer, [.. _values]);
    }

    public override void Read(ref MessagePackReader reader, int rows)
    {
        if (reader.ReadArrayHeader() != 4) throw new ArtifactFormatException("A column of vectors has lengths, counts, indices and values.");
        _lengths.AddRange(ReadInts(ref reader));
        (_counts, _indices) = ([.. ReadInts(ref reader)], [.. ReadInts(ref reader)]);
        _values = [.. ArrayCodec<T, TCodec>.Read(ref reader)];
        if (_counts.Count != rows || _lengths.Count != (size == 0 ? rows : 0)) throw new ArtifactFormatException($"A column of {rows} rows has {_counts.Count} vectors and {_lengths.Count} lengths.");

        _starts = new (int, int)[rows];
        var (index, value) = (0L, 0L);
        for (var row = 0; row < rows; row++)
        {
            _starts[row] = ((int)index, (int)value);
            var (length, count) = (LengthOf(row), _counts[row]);
            if (length < 0 || count < 0 || count > length) throw new ArtifactFormatException($"A vector of length {length} has {count} values.");
            value += count;
            if (count < length) index += count;
            if (value > _values.Count || index > _indices.Count) throw new ArtifactFormatException("A vector ends behind the last value.");
            if (count < length) CheckIndices(_starts[row].Index, count, length);
        }

        if (value != _values.Count || index != _indices.Count) throw new ArtifactFormatException("There are values that belong to no vector.");
    }

    protected override void Add(in VBuffer<T> value)
    {
        var values = value.GetValues();
        var indices = value.GetIndices();
        var written = 0;
        foreach (var item in values) written += Defaults.Is(item) ? 0 : 1;
        if (size == 0) _lengths.Add(value.Length);
        // A vector of length 0 is dense.
        if (written > value.Length / 2 || value.Length == 0)
        {
            _counts.Add(value.Length);
            foreach (var item in value.DenseValues()) _values.Add(item);
            return;
        }

        _counts.Add(written);
        for (var i = 0; i < values.Length; i++)
        {
            if (Defaults.Is(values[i])) continue;
            _indices.Add(value.IsDense ? i : indices[i]);
            _values.Add(values[i]);
        }
    }

    protected override void Get(int row, ref VBuffer<T> value)
    {
        var (length, count, start) = (LengthOf(row), _counts[row], _starts[row]);
        var editor = VBufferEditor.Create(ref value, length, count);
        CollectionsMarshal.AsSpan(_values).Slice(start.Value, count).CopyTo(editor.Values);
        if (count < length) CollectionsMarshal.AsSpan(_indices).Slice(start.Index, count).CopyTo(editor.Indices);
        value = editor.Commit();
    }

    private int LengthOf(int row) => size == 0 ? _lengths[row] : size;

    private void CheckIndices(int start, int count, int length)
    {
        var last = -1;
        foreach (var index in CollectionsMarshal.AsSpan(_indices).Slice(start, count))
        {
            if (index <= last || index >= length) throw new ArtifactFormatException($"A vector of length {length} has index {index} after {last}.");
            last = index;
        }
    }

    private static void WriteInts(ref MessagePackWriter writer, List<int> values) => ArrayCodec<int, Int32Codec>.Write(ref writer, [.. values]);

    private static int[] ReadInts(ref MessagePackReader reader) => ArrayCodec<int, Int32Codec>.Read(ref reader);
}
