using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Items one after the other: what all lists and arrays are stored as.</summary>
internal static class Sequence<T, TCodec> where TCodec : struct, ICodec<T>
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> items)
    {
        var marks = ItemMarks.Take(ref writer);
        if (Block.IsBlock<T>())
        {
            Block.Write(ref writer, items, marks);
            return;
        }

        if (TCodec.Columns is { } columns && items.Length >= Table.MinRows)
        {
            Table.Write(ref writer, items, columns, marks);
            return;
        }

        writer.WriteArrayHeader(items.Length);
        marks?.Begin(ref writer, ItemForm.Values);
        var i = 0;
        try
        {
            for (; i < items.Length; i++)
            {
                TCodec.Write(ref writer, items[i]);
                marks?.Add(ref writer, 1);
            }
        }
        catch (ArtifactException e) when (ArtifactPath.Index(e, i))
        {
            throw;
        }
    }

    public static void Write(ref MessagePackWriter writer, IEnumerable<T> items) => Write(ref writer, items switch
    {
        T[] array => new ReadOnlySpan<T>(array),
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => items.ToArray(),
    });

    public static T[] Read(ref MessagePackReader reader)
    {
        if (Block.IsBlock<T>() && reader.NextMessagePackType != MessagePackType.Array)
        {
            var bytes = Block.Read<T>(ref reader, out var length);
            var block = length == 0 ? [] : GC.AllocateUninitializedArray<T>(length);
            Block.Copy(bytes, block.AsSpan());
            return block;
        }

        if (TCodec.Columns is { } columns && Table.IsNext(in reader)) return Table.Read(ref reader, columns);
        var count = reader.ReadArrayHeader();
        var items = count == 0 ? [] : new T[Expect.Capacity<T>(count)];
        var i = 0;
        try
        {
            for (; i < count; i++)
            {
                if (i == items.Length) Array.Resize(ref items, (int)Math.Min(count, 2L * items.Length));
                items[i] = TCodec.Read(ref reader);
            }
        }
        catch (Exception e) when (ArtifactPath.Index(e, i))
        {
            throw;
        }

        return items;
    }

    /// <summary>Reads some items that follow one another, without the header of their sequence.</summary>
    public static T[] ReadPart(ref MessagePackReader reader, ItemForm form, int count)
    {
        if (form == ItemForm.Table) return Table.ReadRows(ref reader, TCodec.Columns ?? throw new ArtifactFormatException($"The items are rows of a table, and {TypeNames.Of(typeof(T))} is never stored so."), count);
        if (form == ItemForm.Block)
        {
            var bytes = reader.ReadRaw(reader.Sequence.Slice(reader.Position).Length);
            if (!Block.IsBlock<T>() || bytes.Length != (long)count * Unsafe.SizeOf<T>()) throw new ArtifactFormatException($"{bytes.Length} bytes are not {count} items of {TypeNames.Of(typeof(T))}.");
            var block = new T[count];
            Block.Copy(bytes, block.AsSpan());
            return block;
        }

        // An item is at least a byte.
        if (count > reader.Sequence.Length) throw new EndOfStreamException();
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = TCodec.Read(ref reader);
        return items;
    }

    public static List<T> ReadList(ref MessagePackReader reader)
    {
        if (Block.IsBlock<T>() && reader.NextMessagePackType != MessagePackType.Array)
        {
            var bytes = Block.Read<T>(ref reader, out var length);
            var block = new List<T>(length);
            CollectionsMarshal.SetCount(block, length);
            Block.Copy(bytes, CollectionsMarshal.AsSpan(block));
            return block;
        }

        if (TCodec.Columns is { } columns && Table.IsNext(in reader)) return [.. Table.Read(ref reader, columns)];
        var count = reader.ReadArrayHeader();
        var items = new List<T>(Expect.Capacity<T>(count));
        try
        {
            for (var left = count; left > 0; left--) items.Add(TCodec.Read(ref reader));
        }
        catch (Exception e) when (ArtifactPath.Index(e, items.Count))
        {
            throw;
        }

        return items;
    }
}
