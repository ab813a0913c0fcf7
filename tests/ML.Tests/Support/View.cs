using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ML.Tests.Support;

/// <summary>A data view as text: every visible column with type, annotations and values.</summary>
internal static class View
{
    public static List<string> Describe(IDataView view) =>
        [.. view.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {Type(column.Type)} {{{string.Join("; ", Annotations(column))}}} = {string.Join(" | ", Values(view, column))}")];

    public static IEnumerable<string> Values(IDataView view, DataViewSchema.Column column)
    {
        using var cursor = view.GetRowCursor([column]);
        var read = Reader(column.Type, nameof(OfRow), cursor, column);
        while (cursor.MoveNext()) yield return read();
    }

    private static IEnumerable<string> Annotations(DataViewSchema.Column column) =>
        column.Annotations.Schema.OrderBy(annotation => annotation.Name, StringComparer.Ordinal).Select(annotation => $"{annotation.Name}: {Type(annotation.Type)} = {Reader(annotation.Type, nameof(OfAnnotation), column.Annotations, annotation)()}");

    private static string Type(DataViewType type) => type is VectorDataViewType vector ? $"{vector} {string.Join('x', vector.Dimensions)}" : type.ToString()!;

    private static Func<string> Reader(DataViewType type, string method, object from, DataViewSchema.Column column) =>
        (Func<string>)typeof(View).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.RawType).Invoke(null, [from, column])!;

    private static Func<string> OfRow<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<T>(column);
        return () => Text(getter);
    }

    private static Func<string> OfAnnotation<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column) => () => Text(annotations.GetGetter<T>(column));

    private static string Text<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value switch
        {
            float number => $"{number:R}",
            DateTime time => $"{time:O}",
            not null when typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>) =>
                (string)typeof(View).GetMethod(nameof(Vector), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(T).GetGenericArguments()).Invoke(null, [value])!,
            _ => $"{value}",
        };
    }

    private static string Vector<T>(VBuffer<T> vector) => $"[{string.Join(' ', vector.DenseValues())}]";
}
