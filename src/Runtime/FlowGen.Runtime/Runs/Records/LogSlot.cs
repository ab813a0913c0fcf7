using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>One slot of a run's log as it was read.</summary>
internal sealed record LogSlot(int Number, int Epoch, Guid Writer, ImmutableArray<RunRecord> Records)
{
    /// <summary>Slots have ten digits, so that listings are in order.</summary>
    public static string Key(RunKey run, int number) => $"{run.Prefix}log/{number:d10}";

    /// <param name="store">Place of the store, for errors.</param>
    /// <param name="key">Key of the object.</param>
    /// <param name="bytes">The object.</param>
    public static LogSlot Read(string store, string key, byte[] bytes) => Read(store, key, Envelope.Open(store, key, ObjectKind.Slot, bytes));

    /// <param name="store">Place of the store, for errors.</param>
    /// <param name="key">Key of the object that holds it.</param>
    /// <param name="content">What the slot holds.</param>
    /// <param name="leavesOutputs">Whether the outputs of tasks are told by their places in the slot.</param>
    public static LogSlot Read(string store, string key, ReadOnlyMemory<byte> content, bool leavesOutputs = false) => Wire.Read(store, key, content, (ref reader) => Read(ref reader, leavesOutputs));

    private static LogSlot Read(ref MessagePackReader reader, bool leavesOutputs)
    {
        Wire.Array(ref reader, 5);
        var number = Wire.ReadIndex(ref reader);
        var epoch = Wire.ReadIndex(ref reader);
        var writer = Wire.ReadGuid(ref reader);
        var packs = Wire.ReadPacks(ref reader);
        var place = leavesOutputs ? new SlotPlace(number) : null;
        return new LogSlot(number, epoch, writer, Wire.ReadArray(ref reader, (ref r) => RecordCodec.Read(ref r, packs, place)));
    }
}
