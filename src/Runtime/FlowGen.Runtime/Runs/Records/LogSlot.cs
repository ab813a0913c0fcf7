using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>One slot of a run's log as it was read.</summary>
internal sealed record LogSlot(int Number, int Epoch, Guid Writer, ImmutableArray<RunRecord> Records)
{
    /// <summary>Slots have ten digits, so that listings are in order.</summary>
    public static string Key(RunKey run, int number) => $"{run.Prefix}log/{number:d10}";

    public static LogSlot Read(string store, string key, byte[] bytes) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Slot, bytes), Read);

    private static LogSlot Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 5);
        var number = Wire.ReadIndex(ref reader);
        var epoch = Wire.ReadIndex(ref reader);
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        var length = reader.ReadArrayHeader();
        if (length % 2 != 0) throw new FormatException("a pack has no generation");
        var packs = new Pack[length / 2];
        for (var i = 0; i < packs.Length; i++) packs[i] = new Pack(Wire.ReadHash(ref reader), Wire.ReadIndex(ref reader));
        return new LogSlot(number, epoch, new Guid(id), Wire.ReadArray(ref reader, (ref r) => RecordCodec.Read(ref r, packs)));
    }
}
