using System.Buffers;
using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The small parts of stored objects as MessagePack. Readers throw <see cref="FormatException"/> or an exception of the reader, which <see cref="Read{T}"/> turns into the error that names the object.</summary>
internal static class Wire
{
    public delegate T Reading<out T>(ref MessagePackReader reader);

    /// <summary>Reads the whole content of an object; whatever is wrong with it is one error that names the object.</summary>
    public static T Read<T>(string store, string key, ReadOnlyMemory<byte> content, Reading<T> read)
    {
        try
        {
            return Parse(content, read);
        }
        catch (FormatException e)
        {
            throw Storage.StoreErrors.DamagedObject(store, key, "its content makes no sense (" + e.Message.TrimEnd('.') + ")", e);
        }
    }

    /// <summary>Reads a whole content.</summary>
    /// <exception cref="FormatException">Something is wrong with it.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> content, Reading<T> read)
    {
        var reader = new MessagePackReader(content);
        try
        {
            var value = read(ref reader);
            return reader.End ? value : throw new FormatException("there are bytes after its end");
        }
        // The reader takes a length of 2 GiB or more for a negative one, which is out of the range of a slice.
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public static void Array(ref MessagePackReader reader, int length)
    {
        var found = reader.ReadArrayHeader();
        if (found != length) throw new FormatException($"an array has {found} elements instead of {length}");
    }

    public static void Write(ref MessagePackWriter writer, Hash256 hash)
    {
        writer.WriteBinHeader(Hash256.Size);
        hash.CopyTo(writer.GetSpan(Hash256.Size));
        writer.Advance(Hash256.Size);
    }

    public static Hash256 ReadHash(ref MessagePackReader reader)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        ReadFixed(ref reader, hash);
        return new Hash256(hash);
    }

    public static void ReadFixed(ref MessagePackReader reader, scoped Span<byte> target)
    {
        if (reader.ReadBytes() is not { } bytes || bytes.Length != target.Length) throw new FormatException($"a binary does not have {target.Length} bytes");
        bytes.CopyTo(target);
    }

    public static Guid ReadGuid(ref MessagePackReader reader)
    {
        Span<byte> id = stackalloc byte[16];
        ReadFixed(ref reader, id);
        return new Guid(id);
    }

    /// <summary>Packs as a flat array <c>[hash, generation, ...]</c>.</summary>
    public static void Write(ref MessagePackWriter writer, Pack[] packs)
    {
        writer.WriteArrayHeader(packs.Length * 2);
        foreach (var pack in packs)
        {
            Write(ref writer, pack.Hash);
            writer.Write(pack.Generation);
        }
    }

    public static Pack[] ReadPacks(ref MessagePackReader reader)
    {
        var length = reader.ReadArrayHeader();
        if (length % 2 != 0) throw new FormatException("a pack has no generation");
        var packs = new Pack[length / 2];
        for (var i = 0; i < packs.Length; i++) packs[i] = new Pack(ReadHash(ref reader), ReadIndex(ref reader));
        return packs;
    }

    public static byte[] ReadBytes(ref MessagePackReader reader) => reader.ReadBytes() is { } bytes ? bytes.ToArray() : throw new FormatException("a binary is nil");

    public static string ReadString(ref MessagePackReader reader) => reader.ReadString() ?? throw new FormatException("a string is nil");

    /// <summary>A number that counts or points, so never negative.</summary>
    public static int ReadIndex(ref MessagePackReader reader)
    {
        var value = reader.ReadInt32();
        return value >= 0 ? value : throw new FormatException("a position is negative");
    }

    /// <summary>Times are 100 ns ticks since 1970 in UTC, durations 100 ns ticks.</summary>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset time) => writer.Write(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks);

    public static DateTimeOffset ReadTime(ref MessagePackReader reader) => DateTimeOffset.UnixEpoch.AddTicks(Time(reader.ReadInt64()));

    /// <summary>Checks that ticks are those of a time.</summary>
    public static long Time(long ticks) =>
        ticks > -DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks ? ticks : throw new FormatException("a time is out of range");

    public static void Write(ref MessagePackWriter writer, TimeSpan duration) => writer.Write(duration.Ticks);

    public static TimeSpan ReadDuration(ref MessagePackReader reader) => new(reader.ReadInt64());

    /// <summary>Reads an array whose elements each take at least one byte, so its length is bounded by the bytes present.</summary>
    public static ImmutableArray<T> ReadArray<T>(ref MessagePackReader reader, Reading<T> element)
    {
        var count = reader.ReadArrayHeader();
        if (count == 0) return [];
        var values = ImmutableArray.CreateBuilder<T>(Math.Min(count, 1024));
        for (var i = 0; i < count; i++) values.Add(element(ref reader));
        return values.DrainToImmutable();
    }
}
