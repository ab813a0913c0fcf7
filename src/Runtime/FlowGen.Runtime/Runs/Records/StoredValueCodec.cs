using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// How a record refers to a value: <c>[0, hash, bytes]</c> inline; <c>[1, hash, size, pack, offset]</c> in one of the packs of its own slot; <c>[2, hash, size, offset, pack's hash, generation]</c> in a pack
/// of another slot; <c>[3, hash, size, generation]</c> a blob; <c>[4, value, [blob, ...]]</c> one that refers to blobs, each written as one of the former; <c>[5, value, list]</c> to those that another value lists;
/// <c>[6, value, index]</c> a collection, as any of the former, with the index of its items, as any but the last three.
/// </summary>
internal static class StoredValueCodec
{
    public static void Write(ref MessagePackWriter writer, StoredValue value, GroupPacks packs)
    {
        if (value.Items is { } items)
        {
            writer.WriteArrayHeader(3);
            writer.Write(6);
            WriteWithoutItems(ref writer, value, packs);
            WritePlain(ref writer, items, packs);
            return;
        }
        WriteWithoutItems(ref writer, value, packs);
    }

    private static void WriteWithoutItems(ref MessagePackWriter writer, StoredValue value, GroupPacks packs)
    {
        if (value.References is { } references)
        {
            writer.WriteArrayHeader(3);
            writer.Write(references.List is null ? 4 : 5);
            WritePlain(ref writer, value, packs);
            if (references.List is { } list) WritePlain(ref writer, list, packs);
            else WriteMany(ref writer, references.Known, packs);
            return;
        }
        WritePlain(ref writer, value, packs);
    }

    /// <summary>Blobs that a value refers to.</summary>
    public static void WriteMany(ref MessagePackWriter writer, ImmutableArray<StoredValue> blobs, GroupPacks packs)
    {
        writer.WriteArrayHeader(blobs.Length);
        foreach (var blob in blobs) WritePlain(ref writer, blob, packs);
    }

    public static ImmutableArray<StoredValue> ReadMany(ref MessagePackReader reader, Pack[] packs, SlotPlace? slot = null) => Wire.ReadArray(ref reader, (ref r) => ReadPlain(ref r, packs, slot));

    private static void WritePlain(ref MessagePackWriter writer, StoredValue value, GroupPacks packs)
    {
        if (value.Bytes is { } bytes)
        {
            if (bytes.Length <= StoredValue.InlineLimit)
            {
                writer.WriteArrayHeader(3);
                writer.Write(0);
                Wire.Write(ref writer, value.Hash);
                writer.Write(bytes);
                return;
            }
            var (pack, offset) = packs.Add(value, bytes);
            Begin(ref writer, 5, 1, value);
            writer.Write(pack);
            writer.Write(offset);
            return;
        }
        if (value.IsBlob) Begin(ref writer, 4, 3, value);
        else
        {
            Begin(ref writer, 6, 2, value);
            writer.Write(value.Offset);
            Wire.Write(ref writer, value.Container!.Hash);
        }
        writer.Write(value.Container!.Generation);
    }

    /// <param name="reader">Stands on the value.</param>
    /// <param name="packs">The packs of the slot.</param>
    /// <param name="slot">Set to leave the bytes where they are: the reader reads the content of this slot from its beginning.</param>
    public static StoredValue Read(ref MessagePackReader reader, Pack[] packs, SlotPlace? slot = null)
    {
        if (!TryEnter(ref reader, 6, 6, out _)) return ReadWithoutItems(ref reader, packs, slot);
        var value = ReadWithoutItems(ref reader, packs, slot);
        return value.Indexed(ReadPlain(ref reader, packs, slot));
    }

    private static StoredValue ReadWithoutItems(ref MessagePackReader reader, Pack[] packs, SlotPlace? slot)
    {
        if (!TryEnter(ref reader, 4, 5, out var place)) return ReadPlain(ref reader, packs, slot);
        var value = ReadPlain(ref reader, packs, slot);
        return value.Referring(place == 5 ? new BlobReferences(default, ReadPlain(ref reader, packs, slot)) : new BlobReferences(ReadMany(ref reader, packs, slot), null));
    }

    /// <summary>Reads the beginning of a form that holds others, if it is one of these.</summary>
    private static bool TryEnter(ref MessagePackReader reader, int first, int last, out int place)
    {
        var ahead = reader.CreatePeekReader();
        var length = ahead.ReadArrayHeader();
        place = ahead.ReadInt32();
        if (length != 3 || place < first || place > last) return false;
        reader = ahead;
        return true;
    }

    private static StoredValue ReadPlain(ref MessagePackReader reader, Pack[] packs, SlotPlace? slot)
    {
        var length = reader.ReadArrayHeader();
        var place = reader.ReadInt32();
        var hash = Wire.ReadHash(ref reader);
        if (place == 0 && length == 3)
        {
            if (slot is null) return StoredValue.Of(hash, Wire.ReadBytes(ref reader));
            var bytes = reader.ReadBytes() ?? throw new FormatException("a binary is nil");
            return StoredValue.InSlot(hash, bytes.Length, slot, (int)(reader.Consumed - bytes.Length));
        }

        var size = reader.ReadInt64();
        if (size < 0) throw new FormatException("a size is negative");
        switch (place, length)
        {
            case (1, 5):
                var pack = Wire.ReadIndex(ref reader);
                if (pack >= packs.Length) throw new FormatException("a value is in a pack that its slot does not name");
                return Packed(hash, size, packs[pack], Wire.ReadIndex(ref reader));
            case (2, 6):
                var offset = Wire.ReadIndex(ref reader);
                return Packed(hash, size, new Pack(Wire.ReadHash(ref reader), Wire.ReadIndex(ref reader)), offset);
            case (3, 4):
                return StoredValue.InBlob(hash, size, Wire.ReadIndex(ref reader));
            default:
                throw new FormatException("a value is at an unknown place");
        }
    }

    private static StoredValue Packed(Hash256 hash, long size, Pack pack, int offset) =>
        size + offset <= Storage.Envelope.MaxContent ? StoredValue.InPack(hash, size, pack, offset) : throw new FormatException("a value is larger than its pack");

    private static void Begin(ref MessagePackWriter writer, int length, int place, StoredValue value)
    {
        writer.WriteArrayHeader(length);
        writer.Write(place);
        Wire.Write(ref writer, value.Hash);
        writer.Write(value.Size);
    }
}
