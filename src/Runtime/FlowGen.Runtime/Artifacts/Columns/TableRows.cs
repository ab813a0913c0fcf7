using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>The rows of a table while it is read, group by group.</summary>
/// <typeparam name="T">Type of a row.</typeparam>
public sealed class TableRows<T>
{
    // A row is at least a bit, most rows are several bytes.
    private const int TrustedBytesPerByte = 64;

    private readonly int _total;
    private T[] _items = [];
    private int _done;

    internal TableRows(int total, long bytesLeft)
    {
        _total = total;
        if ((long)total * Unsafe.SizeOf<T>() <= TrustedBytesPerByte * bytesLeft) _items = new T[total];
    }

    /// <summary>Number of rows in the group.</summary>
    public int Count => Math.Min(_total - _done, Table.GroupRows);

    internal int Done => _done;

    internal T[] Items => _items;

    /// <summary>Where the rows of the group go. Called when all columns were read, so that the rows are known to be there.</summary>
    public Span<T> Next()
    {
        var count = Count;
        if (_done + count > _items.Length) Array.Resize(ref _items, (int)Math.Min(_total, Math.Max(_done + count, 2L * _items.Length)));
        var rows = _items.AsSpan(_done, count);
        _done += count;
        return rows;
    }
}
