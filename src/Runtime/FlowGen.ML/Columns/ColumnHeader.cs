using MessagePack;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FlowGen.ML.Columns;

/// <summary>Name, type and annotations of a column.</summary>
internal readonly record struct ColumnHeader(string Name, DataViewType Type, DataViewSchema.Annotations Annotations)
{
    /// <summary>The columns that people can name; others of the same names are behind them.</summary>
    public static List<DataViewSchema.Column> Visible(DataViewSchema schema) => [.. schema.Where(column => !column.IsHidden)];

    /// <summary>Makes a schema of columns.</summary>
    public static DataViewSchema Schema(IEnumerable<ColumnHeader> columns)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns) schema.AddColumn(column.Name, column.Type, column.Annotations);
        return schema.ToSchema();
    }

    /// <summary>Writes three values: the name, the type, and the annotations whose types can be stored.</summary>
    /// <exception cref="ArtifactException">The column's type cannot be stored.</exception>
    public static void Write(ref MessagePackWriter writer, DataViewSchema.Column column)
    {
        if (ColumnTypes.Room(column.Type) is null)
            throw new ArtifactException($"Column '{column.Name}' is of type {column.Type}, which cannot be stored; drop it (DropColumns), or make numbers of it in the same step.");
        writer.Write(column.Name);
        ColumnTypes.Write(ref writer, column.Type);
        List<(DataViewSchema.Column Column, ColumnData Value)> annotations = [];
        foreach (var annotation in column.Annotations.Schema)
            if (!annotation.IsHidden && ColumnTypes.Room(annotation.Type) is { } room) annotations.Add((annotation, room));
        annotations.Sort(static (a, b) => string.CompareOrdinal(a.Column.Name, b.Column.Name));
        writer.WriteMapHeader(annotations.Count);
        foreach (var (annotation, value) in annotations)
        {
            writer.Write(annotation.Name);
            writer.WriteArrayHeader(2);
            ColumnTypes.Write(ref writer, annotation.Type);
            value.Collect(column.Annotations, annotation);
            value.Write(ref writer);
        }
    }

    public static ColumnHeader Read(ref MessagePackReader reader)
    {
        var (name, type) = (ReadName(ref reader), ColumnTypes.Read(ref reader));
        var annotations = new DataViewSchema.Annotations.Builder();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var annotation = ReadName(ref reader);
            if (reader.ReadArrayHeader() != 2) throw new ArtifactFormatException("An annotation has a type and a value.");
            var annotationType = ColumnTypes.Read(ref reader);
            var value = ColumnTypes.Room(annotationType) ?? throw new ArtifactFormatException($"The annotation '{annotation}' has a type that none has.");
            value.Read(ref reader, rows: 1);
            annotations.Add(annotation, annotationType, value.Getter(static () => 0));
        }

        return new ColumnHeader(name, type, annotations.ToAnnotations());
    }

    private static string ReadName(ref MessagePackReader reader) => reader.ReadString() is { Length: > 0 } name ? name : throw new ArtifactFormatException("A column has no name.");
}
