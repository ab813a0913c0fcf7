using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FlowGen.Executing.Reuse;

/// <summary>Collects what a key is made of, without allocation once it has grown. Each entry begins with a byte that says what it is, so that no two lists of entries look alike.</summary>
internal sealed class KeyBuffer
{
    /// <summary>A buffer that has grown beyond this is let go: one huge item must not stay in memory.</summary>
    private const int Kept = 1024 * 1024;

    [ThreadStatic]
    private static KeyBuffer? s_mine;

    private ArrayBufferWriter<byte> _bytes = new(512);

    private KeyBuffer() { }

    /// <summary>The empty buffer of this thread; not to be kept over an <c>await</c>.</summary>
    public static KeyBuffer Rent()
    {
        var buffer = s_mine ??= new KeyBuffer();
        if (buffer._bytes.Capacity > Kept) buffer._bytes = new ArrayBufferWriter<byte>(512);
        buffer._bytes.ResetWrittenCount();
        return buffer;
    }

    public void Add(KeyEntry entry) => Tag(entry, 0);

    public void Add(KeyEntry entry, Hash256 hash)
    {
        Tag(entry, Hash256.Size);
        hash.CopyTo(_bytes.GetSpan(Hash256.Size));
        _bytes.Advance(Hash256.Size);
    }

    public void Add(KeyEntry entry, int number)
    {
        Tag(entry, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), number);
        _bytes.Advance(sizeof(int));
    }

    public void Add(KeyEntry entry, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Add(entry, length);
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    /// <summary>Adds what a method writes, and how long it is.</summary>
    public void Add<TState>(KeyEntry entry, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        Tag(entry, 0);
        var start = _bytes.WrittenCount;
        write(_bytes, state);
        Add(KeyEntry.Length, _bytes.WrittenCount - start);
    }

    public Hash256 Hash() => Hash256.Of(_bytes.WrittenSpan);

    private void Tag(KeyEntry entry, int more)
    {
        var span = _bytes.GetSpan(1 + more);
        span[0] = (byte)entry;
        _bytes.Advance(1);
    }
}

/// <summary>The kinds of entries; their numbers are part of the format of keys.</summary>
internal enum KeyEntry : byte
{
    Format = 1,
    Fingerprint = 2,
    Variable = 3,
    Value = 4,
    CacheVersion = 5,
    Parameter = 6,
    File = 7,
    Input = 8,
    Missing = 9,
    Error = 10,
    Item = 11,
    Gather = 12,
    Index = 13,
    Iteration = 14,
    Gang = 15,
    Length = 16,
}
